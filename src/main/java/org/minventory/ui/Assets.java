package org.minventory.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.web.Answer;

/** The files that pages load, under names that change with their bytes: a browser may keep them for ever. */
public final class Assets {
    static final String FOLDER = "/ui/static/";

    private static final Map<String, String> TYPES =
            Map.of("css", "text/css;charset=UTF-8", "js", "text/javascript;charset=UTF-8", "svg", "image/svg+xml");

    /** One file as it is served. */
    private record Asset(String mediaType, byte[] bytes) {}

    private final Map<String, Asset> byHashedName = new LinkedHashMap<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();

    public Assets() {
        keep("minventory", "css");
        keep("minventory", "js");
        keep("minventory", "svg");
    }

    private void keep(String name, String ending) {
        byte[] bytes = read(name + "." + ending);
        String hash = HexFormat.of().formatHex(Ids.sha256().digest(bytes)).substring(0, 12);
        String hashed = name + "." + hash + "." + ending;
        byHashedName.put(hashed, new Asset(TYPES.getOrDefault(ending, "application/octet-stream"), bytes));
        addresses.put(ending, FOLDER + hashed);
    }

    private static byte[] read(String file) {
        try (InputStream bytes = Assets.class.getResourceAsStream(file)) {
            if (bytes == null) throw new IllegalStateException("The file " + file + " is missing from the program");
            return bytes.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The address of the style sheet. */
    String style() {
        return addresses.getOrDefault("css", "");
    }

    /** The address of the script. */
    String script() {
        return addresses.getOrDefault("js", "");
    }

    /** The address of the mark that browsers show on a tab. */
    String icon() {
        return addresses.getOrDefault("svg", "");
    }

    /** The file of that name, or null. */
    @Nullable
    Answer answer(String hashedName) {
        Asset asset = byHashedName.get(hashedName);
        return asset == null
                ? null
                : Answer.of(200, asset.mediaType(), asset.bytes())
                        .header("Cache-Control", "public, max-age=31536000, immutable")
                        .header("Vary", "Accept-Encoding");
    }
}
