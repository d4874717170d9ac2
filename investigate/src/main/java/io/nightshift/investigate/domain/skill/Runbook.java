package io.nightshift.investigate.domain.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A team's runbook in Markdown, cut at its headings. Only headings and code fences are understood; everything else stays as it
 * is written.
 *
 * @param title first heading, or empty
 * @param sections in their order; text before the first heading is a section without one
 */
public record Runbook(String title, List<Section> sections) {

    private static final Pattern HEADING = Pattern.compile(" {0,3}#{1,6}\\s+(.*?)\\s*#*\\s*");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,}).*");
    private static final Pattern BLANK_LINES = Pattern.compile("\\A(?:[ \\t]*\n)+");
    private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(={2,}|-{3,})\\s*");

    /** Where a section of a runbook belongs in a skill. */
    public enum Part {
        WHEN("When it applies", "symptom", "alert", "when", "trigger", "detect", "overview", "summary", "impact"),
        CHECKS("What to check", "check", "diagnos", "investigat", "triage", "cause", "verif", "debug", "confirm"),
        HELPS("What may help", "fix", "mitigat", "remed", "resol", "action", "recover", "repair", "step", "restor"),
        MUST_NOT(
                "What must not be done",
                "do not",
                "don't",
                "must not",
                "when not",
                "never",
                "caution",
                "warning",
                "danger"),
        OTHER("Further, from the runbook");

        private final String heading;
        private final List<String> words;

        Part(String heading, String... words) {
            this.heading = heading;
            this.words = List.of(words);
        }

        public String heading() {
            return heading;
        }

        /** What must not be done goes first: "when not to restart" is no advice to restart. */
        static Part of(String heading) {
            String lower = heading.toLowerCase(Locale.ROOT);
            return Stream.of(MUST_NOT, WHEN, CHECKS, HELPS)
                    .filter(part -> part.words.stream().anyMatch(lower::contains))
                    .findFirst()
                    .orElse(OTHER);
        }
    }

    /**
     * @param heading without its marks; empty before the first one
     * @param text what stands below it
     * @param part where it belongs
     */
    public record Section(String heading, String text, Part part) {}

    public Runbook {
        sections = List.copyOf(sections);
    }

    public static Runbook read(String markdown) {
        List<Section> sections = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String heading = "";
        String title = "";
        String fence = "";
        List<String> lines = markdown.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            fence = fence(fence, line);
            String found = fence.isEmpty() ? heading(lines, i) : "";
            if (found.isEmpty()) {
                text.append(line).append('\n');
                continue;
            }
            add(sections, title, heading, text);
            heading = found;
            title = title.isEmpty() ? found : title;
            text.setLength(0);
            i += HEADING.matcher(line).matches() ? 0 : 1; // the line under it belongs to it
        }
        add(sections, title, heading, text);
        return new Runbook(title, sections);
    }

    /** Indentation of the first line is kept: it may be code. */
    private static String withoutBlankEnds(String text) {
        return BLANK_LINES.matcher(text).replaceFirst("").stripTrailing();
    }

    /** What stands below the title, before anything else, mostly says what the runbook is for. */
    private static void add(List<Section> sections, String title, String heading, StringBuilder text) {
        if (!text.toString().isBlank()) {
            Part part = Part.of(heading);
            boolean opening = part == Part.OTHER && heading.equals(title);
            sections.add(new Section(heading, withoutBlankEnds(text.toString()), opening ? Part.WHEN : part));
        }
    }

    /** The fence that is open after a line, or an empty text. */
    private static String fence(String open, String line) {
        Matcher matcher = FENCE.matcher(line);
        if (!matcher.matches()) {
            return open;
        }
        String mark = matcher.group(1);
        if (open.isEmpty()) {
            return mark;
        }
        return mark.startsWith(open) ? "" : open;
    }

    private static String heading(List<String> lines, int at) {
        String line = lines.get(at);
        Matcher matcher = HEADING.matcher(line);
        if (matcher.matches()) {
            return matcher.group(1);
        }
        boolean underlined = at + 1 < lines.size()
                && !line.isBlank()
                && !UNDERLINE.matcher(line).matches()
                && UNDERLINE.matcher(lines.get(at + 1)).matches();
        return underlined && !line.stripLeading().startsWith("|") ? line.strip() : "";
    }
}
