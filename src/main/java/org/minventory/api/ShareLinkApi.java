package org.minventory.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.party.Right;
import org.minventory.project.ShareLinks;
import org.minventory.project.ShareLinks.Link;
import org.minventory.project.ShareLinks.Listed;
import org.minventory.project.ShareLinks.Sort;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Replays;
import org.minventory.web.Thinning;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.node.ObjectNode;

/** Links that show a project: made, listed, taken back. What they show is a page of its own. */
@Controller
public final class ShareLinkApi {
    private static final String PATH = "/api/v1/share-links";
    private static final String SHOWN = "/share/";
    private static final Map<String, Sort> SORTS =
            Stream.of(Sort.values()).collect(Collectors.toMap(Sort::word, Function.identity()));

    private final Tx tx;
    private final ShareLinks links;
    private final Replays replays;
    private final Etags etags;

    public ShareLinkApi(Tx tx, ShareLinks links, Replays replays, Etags etags) {
        this.tx = tx;
        this.links = links;
        this.replays = replays;
        this.etags = etags;
    }

    @GetMapping(PATH)
    @Allowed(Right.SHARE)
    Answer list(Asked asked, Paging paging, Thinning fields) {
        Answer answer = tx.read(asked.scope(), db -> paging.page(
                        links.list(db, asked.caller(), paging.id(0), paging.fetch()),
                        one -> List.of(one.link().id().toString()))
                .json(fields, ShareLinkApi::json));
        return etags.byContent(asked, answer);
    }

    @GetMapping(PATH + "/{link}")
    @Allowed(Right.SHARE)
    Answer get(Asked asked, Thinning fields, @PathVariable String link) {
        Answer answer =
                tx.read(asked.scope(), db -> Answer.json(fields.thin(json(links.get(db, asked.caller(), id(link))))));
        return etags.byContent(asked, answer);
    }

    @PostMapping(PATH)
    @Allowed(Right.SHARE)
    Answer mint(Asked asked, Body body) {
        Members members = body.object();
        String project = members.text("project");
        String kind = members.textOrNull("kind");
        String label = members.textOrNull("label");
        Instant expiresAt = members.instantOrNull("expiresAt");
        members.done();
        ShareLinks.Wanted wanted = new ShareLinks.Wanted(project, sort(kind), label, expiresAt);
        return replays.once(asked, body, asked.scope(), db -> {
            ShareLinks.Minted minted = links.mint(db, asked.caller(), wanted);
            ObjectNode document =
                    json(minted.listed()).put("address", SHOWN + minted.secret().text());
            return Answer.created(PATH + "/" + minted.listed().link().id(), document)
                    .about(minted.listed().link().customer());
        });
    }

    private static Sort sort(@Nullable String told) {
        if (told == null) return Sort.READ;
        Sort sort = SORTS.get(told);
        if (sort == null) throw Refusal.at(Problem.WRONG_TYPE, "/kind", "read, approve");
        return sort;
    }

    @DeleteMapping(PATH + "/{link}")
    @Allowed(Right.SHARE)
    Answer revoke(Asked asked, @PathVariable String link) {
        return tx.write(asked.scope(), db -> {
            links.revoke(db, asked.caller(), id(link));
            return Answer.noContent();
        });
    }

    private static UUID id(String told) {
        UUID id = Ids.parse(told);
        if (id == null) throw Refusal.of(Problem.NOT_FOUND);
        return id;
    }

    private static ObjectNode json(Listed listed) {
        Link link = listed.link();
        ObjectNode json = Json.object()
                .put("id", link.id().toString())
                .put("kind", link.sort().word())
                .put("label", link.label())
                .put("hint", link.hint());
        json.putObject("project")
                .put("id", link.project().toString())
                .put("name", listed.project())
                .put("title", listed.title());
        json.put("proposal", link.proposal() == null ? null : link.proposal().toString());
        json.putObject("mintedBy").put("id", link.mintedBy().toString()).put("name", link.minter());
        return json.put("createdAt", link.createdAt().toString())
                .put("expiresAt", link.expiresAt().toString())
                .put("spentAt", Shapes.at(link.spentAt()))
                .put("lastUsedAt", Shapes.at(link.lastUsedAt()))
                .put("uses", link.uses());
    }
}
