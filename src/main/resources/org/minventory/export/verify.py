#!/usr/bin/env python3
"""Verifies a reversibility dossier offline: Python 3, its standard library, no network.

    python3 verify.py DOSSIER.zip [--head SEQ:CHAIN]
    python3 verify.py [FOLDER]              (a dossier that was unpacked)

First every link of the record's chain is worked out again from the entries themselves, and every document is held
against the entry that it belongs to, what was attached as well; then every file against SHA256SUMS. It says where the first fault is.
The chain: leaf = SHA-256(salt + bytes); body = SHA-256(header leaf + facts leaf + note leaf + document leaf), where a
leaf that never was is 32 zero bytes; link(n) = SHA-256(0x01 + customer's UUID + n as 8 bytes + link(n-1) + body).
"""
import argparse
import base64
import hashlib
import json
import os
import sys
import uuid
import zipfile
import zlib

FORMAT = 1
NONE = bytes(32)

SAID = {
    "holds": ("The dossier holds: {0} entries, {1} documents, {2} files. Head: {3}",
              "Le dossier tient : {0} entrées, {1} documents, {2} fichiers. Tête : {3}"),
    "unreadable": ("{0} cannot be read: it is no dossier, or it is cut off.",
                   "{0} est illisible : ce n’est pas un dossier, ou il est coupé."),
    "missing": ("{0} is missing.", "{0} manque."),
    "twice": ("{0} is there twice.", "{0} s’y trouve deux fois."),
    "added": ("{0} was added: SHA256SUMS does not know it.", "{0} a été ajouté : SHA256SUMS ne le connaît pas."),
    "changed": ("{0} was changed: its checksum is not the one in SHA256SUMS.",
                "{0} a été modifié : sa somme n’est pas celle de SHA256SUMS."),
    "sums": ("Line {0} of SHA256SUMS cannot be read.", "La ligne {0} de SHA256SUMS est illisible."),
    "line": ("record.ndjson: line {0} cannot be read.", "record.ndjson : la ligne {0} est illisible."),
    "manifest": ("record.ndjson does not begin with the manifest of a record that this program reads.",
                 "record.ndjson ne commence pas par le manifeste d’un registre que ce programme sait lire."),
    "order": ("record.ndjson: entry {0} is missing or in another place.",
              "record.ndjson : l’entrée {0} manque ou se trouve ailleurs."),
    "link": ("record.ndjson: entry {0} is not the one that was recorded.",
             "record.ndjson : l’entrée {0} n’est pas celle qui a été enregistrée."),
    "cut": ("record.ndjson is cut off before entry {0}.", "record.ndjson est coupé avant l’entrée {0}."),
    "misplaced": ("record.ndjson: line {0} does not belong where it stands.",
                  "record.ndjson : la ligne {0} n’est pas à sa place."),
    "end": ("record.ndjson does not close as it was closed: entries at its end are missing, or its end was changed.",
            "record.ndjson ne se ferme pas comme il a été fermé : des entrées manquent à la fin, ou la fin a été changée."),
    "document": ("{0} is not the document of entry {1}.", "{0} n’est pas le document de l’entrée {1}."),
    "stray": ("{0} is the document of no entry.", "{0} n’est le document d’aucune entrée."),
    "head": ("manifest.json tells another head than the record has.",
             "manifest.json donne une autre tête que celle du registre."),
    "history": ("At entry {0} this is another history than the one known from elsewhere.",
                "À l’entrée {0}, cette histoire n’est pas celle que l’on connaît d’ailleurs."),
}


class Fault(Exception):
    """What is wrong, and where."""


def fault(key, *where):
    return Fault(say(key, *where))


def say(key, *where):
    language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return SAID[key][1 if language.startswith("fr") else 0].format(*where)


def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def unsalted(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Archive:
    """The files of a dossier, packed."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.names = [one.filename for one in self.zip.infolist() if not one.is_dir()]

    def open(self, name):
        return self.zip.open(name)


class Folder:
    """The files of a dossier, unpacked."""

    def __init__(self, path):
        self.path = path
        self.names = []
        for folder, _, files in os.walk(path):
            for name in files:
                self.names.append(os.path.relpath(os.path.join(folder, name), path).replace(os.sep, "/"))

    def open(self, name):
        return open(os.path.join(self.path, *name.split("/")), "rb")


def leaf(entry, name):
    if name not in entry:
        return NONE
    return sha256(unsalted(entry[name + "Salt"]), entry[name].encode("utf-8"))


def lines(dossier):
    number = 0
    with dossier.open("record.ndjson") as record:
        for raw in record:
            number += 1
            try:
                line = json.loads(raw.decode("utf-8"))
                line["line"].strip()
            except (ValueError, KeyError, TypeError, AttributeError):
                raise fault("line", number)
            yield number, line


def document_holds(dossier, entry):
    """The raw document beside the record is, byte for byte, the one that the entry was recorded with."""
    name = "documents/" + str(uuid.UUID(json.loads(entry["header"])["id"])) + ".json"
    if name not in dossier.names:
        raise fault("missing", name)
    holds(dossier, name, entry["document"].encode("utf-8"), entry)
    return name


def holds(dossier, name, recorded, entry):
    with dossier.open(name) as file:
        if file.read() != recorded:
            raise fault("document", name, entry["seq"])


def attachments_hold(dossier, entry):
    """What people attached is there as files, too, unless they took it back: each is the one that was recorded."""
    header = json.loads(entry["header"])
    if header["kind"] not in ("request", "message"):
        return []
    held = []
    kept = json.loads(entry["document"])
    for number, (file, content) in enumerate(zip(kept["attachments"], kept["contents"]), 1):
        ending = file["name"].rpartition(".")[2].lower()
        name = "attachments/%s/%d.%s" % (uuid.UUID(header["id"]), number, ending)
        if name in dossier.names:
            holds(dossier, name, base64.b64decode(content), entry)
            held.append(name)
    return held


def record(dossier, known):
    """Works the chain out; gives the customer, where the record ends, and the documents that belong to it."""
    customer = end = None
    chain, entries, hearing, documents, attached, number = NONE, 0, False, set(), set(), 0
    for number, line in lines(dossier):
        try:
            sort = line["line"]
            if customer is None:
                if sort != "manifest" or line["format"] != FORMAT:
                    raise fault("manifest")
                customer = uuid.UUID(line["customer"]["id"])
            elif end is not None:
                raise fault("misplaced", number)
            elif sort == "entry":
                if hearing:
                    raise fault("misplaced", number)
                if line["seq"] != entries + 1:
                    raise fault("order", entries + 1)
                document = bytes.fromhex(line["documentLeaf"]) if "documentLeaf" in line else leaf(line, "document")
                body = sha256(leaf(line, "header"), leaf(line, "facts"), leaf(line, "note"), document)
                entries += 1
                link = sha256(b"\x01", customer.bytes, entries.to_bytes(8, "big"), chain, body)
                if link.hex() != line["chain"]:
                    raise fault("link", entries)
                if known.get(entries, line["chain"]) != line["chain"]:
                    raise fault("history", entries)
                chain = link
                if "document" in line:
                    documents.add(document_holds(dossier, line))
                    attached.update(attachments_hold(dossier, line))
            elif sort == "hearing":
                hearing = True
                if line["seq"] > entries:
                    raise fault("misplaced", number)
            elif sort == "checkpoint":
                if line["seq"] != entries or line["chain"] != chain.hex():
                    raise fault("end")
                end = "%d:%s" % (entries, chain.hex())
            else:
                raise fault("misplaced", number)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise fault("line", number)
    if customer is None:
        raise fault("manifest")
    if end is None:
        raise fault("cut", entries + 1)
    for seq in known:
        if seq > entries or seq < 1:
            raise fault("history", seq)
    for name in dossier.names:
        if name.startswith(("documents/", "attachments/")) and name not in documents and name not in attached:
            raise fault("stray", name)
    return end, entries, len(documents)


def manifest(dossier, end):
    try:
        with dossier.open("manifest.json") as file:
            told = json.loads(file.read().decode("utf-8"))
        same = told["dossier"] == FORMAT and "%d:%s" % (told["head"]["seq"], told["head"]["chain"]) == end
    except (ValueError, KeyError, TypeError):
        same = False
    if not same:
        raise fault("head")


def sums(dossier):
    """Holds every file against SHA256SUMS, and SHA256SUMS against the files."""
    listed = {}
    with dossier.open("SHA256SUMS") as file:
        for number, line in enumerate(file.read().decode("utf-8").splitlines(), 1):
            told, separator, name = line.partition("  ")
            if len(told) != 64 or not separator or not name or name in listed:
                raise fault("sums", number)
            listed[name] = told
    for name in dossier.names:
        if name != "SHA256SUMS" and name not in listed:
            raise fault("added", name)
    for name, told in listed.items():
        if name not in dossier.names:
            raise fault("missing", name)
        digest = hashlib.sha256()
        with dossier.open(name) as file:
            for piece in iter(lambda: file.read(1 << 16), b""):
                digest.update(piece)
        if digest.hexdigest() != told:
            raise fault("changed", name)


def verify(path, known):
    try:
        dossier = Folder(path) if os.path.isdir(path) else Archive(path)
        seen = set()
        for name in dossier.names:
            if name in seen:
                raise fault("twice", name)
            seen.add(name)
        for name in ("record.ndjson", "manifest.json", "SHA256SUMS", "witnesses.json"):
            if name not in seen:
                raise fault("missing", name)
        end, entries, documents = record(dossier, known)
        manifest(dossier, end)
        sums(dossier)
    except (OSError, EOFError, RuntimeError, NotImplementedError, UnicodeDecodeError, zipfile.BadZipFile,
            zipfile.LargeZipFile, zlib.error):
        raise fault("unreadable", path)
    return say("holds", entries, documents, len(dossier.names), end)


def head(told):
    seq, _, chain = told.partition(":")
    return int(seq), chain


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description="Verifies a reversibility dossier offline.")
    parser.add_argument("dossier", nargs="?", default=here, help="the ZIP, or the folder it was unpacked to (this one)")
    parser.add_argument("--head", action="append", default=[], type=head, metavar="SEQ:CHAIN",
                        help="a head known from elsewhere, which the record has to pass through; repeatable")
    asked = parser.parse_args()
    try:
        print(verify(asked.dossier, dict(asked.head)))
    except Fault as found:
        print(found)
        return 1
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
