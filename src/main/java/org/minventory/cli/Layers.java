package org.minventory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Where a setting comes from: an option, else the environment, else the configuration file, else nowhere. */
final class Layers {
    private final Map<Setting, List<String>> options;
    private final Map<String, String> environment;
    private final Map<Setting, List<String>> file;
    private final String fileName;

    /** A value, and in words where it was found. */
    record Found(List<String> values, String source) {
        String value() {
            return values.getLast();
        }
    }

    private Layers(
            Map<Setting, List<String>> options,
            Map<String, String> environment,
            Map<Setting, List<String>> file,
            String fileName) {
        this.options = options;
        this.environment = environment;
        this.file = file;
        this.fileName = fileName;
    }

    /**
     * @param options as typed; a setting that was not typed is absent
     * @param config the file that was named as an option, or null for that of {@code MINVENTORY_CONFIG}, if any
     * @throws CannotStart where the file cannot be read, or says what nobody can set
     */
    static Layers of(Map<Setting, List<String>> options, Map<String, String> environment, @Nullable Path config) {
        String named = environment.getOrDefault("MINVENTORY_CONFIG", "");
        Path path = config != null ? config : named.isBlank() ? null : Path.of(named);
        return path == null
                ? new Layers(options, environment, Map.of(), "")
                : new Layers(options, environment, read(path), path.toString());
    }

    Optional<Found> find(Setting setting) {
        if (options.containsKey(setting)) return Optional.of(new Found(options.get(setting), "--" + setting.word()));
        String variable = environment.getOrDefault(setting.variable(), "");
        if (!variable.isBlank()) return Optional.of(new Found(split(setting, variable), setting.variable()));
        if (file.containsKey(setting)) return Optional.of(new Found(file.get(setting), fileName));
        return Optional.empty();
    }

    /** Its value, where somebody said one. */
    Optional<String> value(Setting setting) {
        return find(setting).map(Found::value);
    }

    /** Only targets are several; their names hold no comma. */
    private static List<String> split(Setting setting, String variable) {
        return setting == Setting.ALLOW_TARGET
                ? Arrays.stream(variable.split(",", -1))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .toList()
                : List.of(variable);
    }

    private static Map<Setting, List<String>> read(Path path) {
        Object document = load(path);
        Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
        if (document == null) return settings;
        if (!(document instanceof Map<?, ?> lines)) throw new CannotStart(Said.here("config-shape", path));
        lines.forEach((name, value) -> {
            Setting setting = Setting.of(String.valueOf(name))
                    .orElseThrow(() -> new CannotStart(Said.here("config-unknown", path, name, Setting.words())));
            if (value != null) settings.put(setting, texts(path, setting, value));
        });
        return settings;
    }

    private static List<String> texts(Path path, Setting setting, Object value) {
        if (value instanceof List<?> several && setting == Setting.ALLOW_TARGET)
            return several.stream().map(String::valueOf).toList();
        if (value instanceof String || value instanceof Integer) return List.of(value.toString());
        throw new CannotStart(Said.here("config-value", path, setting.word()));
    }

    private static @Nullable Object load(Path path) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(path));
        } catch (MarkedYAMLException unreadable) {
            int line = unreadable.getProblemMark() == null
                    ? 1
                    : unreadable.getProblemMark().getLine() + 1;
            throw new CannotStart(Said.here("config-yaml", path, line), unreadable);
        } catch (YAMLException | IOException unreadable) {
            throw new CannotStart(Said.here("config-unreadable", path), unreadable);
        }
    }
}
