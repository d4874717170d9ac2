package io.nightshift.investigate.look;

import static io.nightshift.investigate.look.Lines.format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A trace as lines: who called what, how long it took, what failed. */
final class SpanTree {

    /** Deepest indentation that is shown. */
    private static final int DEPTH = 20;

    /**
     * @param parent id of the calling span; empty for a root
     * @param durationMicros 0 or more
     * @param failure what failed, empty when nothing did
     */
    record Part(
            String id,
            String parent,
            String service,
            String operation,
            long startMicros,
            long durationMicros,
            String failure) {}

    private final Map<String, List<Part>> children = new HashMap<>();
    private final List<Part> roots = new ArrayList<>();
    private final Set<String> written = new HashSet<>();
    private final Lines lines;

    private SpanTree(Lines lines) {
        this.lines = lines;
    }

    /** Writes the spans under their callers, in the order in which they began; those whose caller is missing stand as roots. */
    static void write(List<Part> parts, Lines lines) {
        SpanTree tree = new SpanTree(lines);
        Set<String> ids = new HashSet<>();
        parts.forEach(part -> ids.add(part.id()));
        parts.stream().sorted(Comparator.comparingLong(Part::startMicros)).forEach(part -> {
            if (ids.contains(part.parent()) && !part.parent().equals(part.id())) {
                tree.children
                        .computeIfAbsent(part.parent(), any -> new ArrayList<>())
                        .add(part);
            } else {
                tree.roots.add(part);
            }
        });
        tree.roots.forEach(root -> tree.write(root, 0));
        if (tree.written.size() < ids.size() && !lines.isFull()) {
            lines.note((ids.size() - tree.written.size())
                    + " spans left out: too deep, or calling each other in a circle");
        }
    }

    private void write(Part part, int depth) {
        if (!written.add(part.id()) || depth > 4 * DEPTH) {
            return;
        }
        lines.add("· ".repeat(Math.min(depth, DEPTH))
                + part.service() + " " + part.operation() + " "
                + format("%.1f ms", part.durationMicros() / 1000.0)
                + (part.failure().isEmpty() ? "" : ", failed: " + part.failure())
                + (depth == 0 ? ", began " + Instant.ofEpochMilli(part.startMicros() / 1000) : ""));
        children.getOrDefault(part.id(), List.of()).forEach(child -> write(child, depth + 1));
    }
}
