package org.minventory.element;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

/** The sentences of a room in one language, as they are written. */
public final class Bundles {
    private Bundles() {}

    public static Map<String, String> of(String bundle, Locale language) {
        ResourceBundle texts = ResourceBundle.getBundle(
                bundle,
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        Map<String, String> sentences = new TreeMap<>();
        texts.keySet().forEach(key -> sentences.put(key, texts.getString(key)));
        return sentences;
    }
}
