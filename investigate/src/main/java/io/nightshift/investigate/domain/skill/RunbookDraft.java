package io.nightshift.investigate.domain.skill;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.runtime.text.SecretMask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Drafts a skill from a runbook by its headings and by plain words, without a model: the same draft each time. What it guesses it
 * marks as guessed, and what only a person knows as left to do; secrets are taken out.
 *
 * @param name made from the title; also the folder's name
 * @param markdown the draft, a {@code SKILL.md}
 */
public record RunbookDraft(String name, String markdown) {

    /** Marks what a person has to decide. */
    public static final String TODO = "TODO(person)";

    private static final int NAME = 64;
    private static final int TITLE = 200;

    private static final Map<CauseClass, List<String>> CAUSE_WORDS = new LinkedHashMap<>();
    private static final Map<ActionKind, Pattern> ACTION_WORDS = new LinkedHashMap<>();

    static {
        CAUSE_WORDS.put(CauseClass.MEMORY_LEAK, List.of("memory leak", "out of memory", "outofmemory", "oom"));
        CAUSE_WORDS.put(CauseClass.CPU_SATURATION, List.of("high cpu", "cpu usage", "cpu saturation"));
        CAUSE_WORDS.put(CauseClass.CONNECTION_POOL_EXHAUSTION, List.of("connection pool", "too many connections"));
        CAUSE_WORDS.put(CauseClass.DISK_FILLING, List.of("disk full", "disk space", "no space left", "disk usage"));
        CAUSE_WORDS.put(CauseClass.CERTIFICATE_EXPIRY, List.of("certificate"));
        CAUSE_WORDS.put(CauseClass.QUEUE_BACKLOG, List.of("consumer lag", "backlog", "queue depth", "queue length"));
        CAUSE_WORDS.put(CauseClass.CACHE_STAMPEDE, List.of("stampede", "cache miss"));
        CAUSE_WORDS.put(CauseClass.NETWORK_FAULT, List.of("dns", "packet loss", "network"));
        CAUSE_WORDS.put(CauseClass.BAD_RELEASE, List.of("bad deploy", "bad release", "after a deploy", "new version"));
        CAUSE_WORDS.put(CauseClass.TRAFFIC_SURGE, List.of("traffic spike", "surge", "high traffic"));

        ACTION_WORDS.put(ActionKind.ROLLING_RESTART, Pattern.compile("\\brestart"));
        ACTION_WORDS.put(ActionKind.ROLL_BACK_RELEASE, Pattern.compile("\\broll(?:ing)?[ -]?back"));
        ACTION_WORDS.put(ActionKind.SCALE, Pattern.compile("\\bscal(?:e|ing)\\b|more (?:replicas|instances)"));
        ACTION_WORDS.put(ActionKind.DISABLE_FLAG, Pattern.compile("\\b(?:disable|turn off)\\b.{0,40}\\bflag"));
        ACTION_WORDS.put(ActionKind.CLEAR_CACHE, Pattern.compile("\\b(?:clear|flush)\\b.{0,40}\\bcache"));
        ACTION_WORDS.put(ActionKind.FREE_DISK, Pattern.compile("\\b(?:free|clean)\\b.{0,40}\\b(?:disk|space|logs)"));
        ACTION_WORDS.put(ActionKind.ROTATE_CERTIFICATE, Pattern.compile("\\b(?:rotate|renew)\\b.{0,40}\\bcert"));
        ACTION_WORDS.put(ActionKind.FAIL_OVER, Pattern.compile("\\bfail[ -]?over"));
        ACTION_WORDS.put(ActionKind.DRAIN, Pattern.compile("\\bdrain"));
    }

    /**
     * @param file the runbook's file name, which names the skill when the runbook has no title
     * @param markdown the runbook
     */
    public static RunbookDraft of(String file, String markdown) {
        String clean = SecretMask.masked(markdown.replace("\uFEFF", ""));
        Runbook runbook = Runbook.read(clean);
        String title = runbook.title().isBlank() ? file.replaceFirst("\\.[A-Za-z]+$", "") : runbook.title();
        String name = name(title);
        String lower = clean.toLowerCase(Locale.ROOT);
        StringBuilder draft = new StringBuilder();
        draft.append("---\nname: ").append(name).append('\n');
        draft.append("description: ").append(quoted(description(title))).append('\n');
        draft.append("metadata:\n  nightshift-draft: \"true\"\n");
        guessed(draft, "nightshift-causes", causes(lower), "the class of cause, or several");
        guessed(draft, "nightshift-actions", actions(runbook), "what may help, as actions of the catalogue");
        draft.append("  # ")
                .append(TODO)
                .append(": words of metric names, and phrases of log lines, that go with it\n");
        draft.append("  nightshift-metrics: \"\"\n  nightshift-logs: \"\"\n");
        draft.append("  # ").append(TODO).append(": only these services, such as */shop/billing; empty for all\n");
        draft.append("  nightshift-services: \"\"\n---\n# ").append(title).append('\n');
        paragraph(
                draft,
                TODO + ": read it all, then delete these lines. A draft, made from the headings of " + file
                        + ";\nnobody has read it yet. Commands in it are text for people: Nightshift runs nothing of a"
                        + " skill.");
        for (Runbook.Part part : Runbook.Part.values()) {
            section(draft, part, runbook);
        }
        return new RunbookDraft(name, draft.toString());
    }

    private static void section(StringBuilder draft, Runbook.Part part, Runbook runbook) {
        List<Runbook.Section> sections = runbook.sections().stream()
                .filter(section -> section.part() == part)
                .toList();
        if (sections.isEmpty() && part == Runbook.Part.OTHER) {
            return;
        }
        paragraph(draft, "## " + part.heading());
        if (sections.isEmpty()) {
            paragraph(draft, TODO + ": the runbook has no such section; write it");
        }
        if (part == Runbook.Part.CHECKS) {
            paragraph(draft, TODO + ": say of each check what would confirm the cause and what would refute it");
        }
        if (part == Runbook.Part.OTHER) {
            paragraph(draft, TODO + ": move what follows to where it belongs, or delete it");
        }
        for (Runbook.Section section : sections) {
            if (!section.heading().isEmpty() && !section.heading().equals(runbook.title())) {
                paragraph(draft, "### " + section.heading());
            }
            paragraph(draft, section.text());
        }
    }

    private static void paragraph(StringBuilder draft, String text) {
        draft.append('\n').append(text).append('\n');
    }

    private static void guessed(StringBuilder draft, String key, String values, String what) {
        draft.append("  # ").append(TODO).append(": ").append(what);
        draft.append(values.isEmpty() ? "; no word of the runbook tells\n" : "; guessed from words of the runbook\n");
        draft.append("  ").append(key).append(": ").append(quoted(values)).append('\n');
    }

    private static String causes(String text) {
        return CAUSE_WORDS.entrySet().stream()
                .filter(cause -> cause.getValue().stream().anyMatch(text::contains))
                .map(cause -> cause.getKey().name())
                .collect(Collectors.joining(", "));
    }

    /** Only where the runbook says what helps: a restart among the warnings is none. */
    private static String actions(Runbook runbook) {
        String helps = runbook.sections().stream()
                .filter(section -> section.part() == Runbook.Part.HELPS)
                .map(section -> (section.heading() + "\n" + section.text()).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("\n"));
        return ACTION_WORDS.entrySet().stream()
                .filter(action -> action.getValue().matcher(helps).find())
                .map(action -> action.getKey().name())
                .collect(Collectors.joining(", "));
    }

    private static String description(String title) {
        return (title.length() > TITLE ? title.substring(0, TITLE) : title) + ". " + TODO
                + ": say in one or two sentences when it applies.";
    }

    private static String name(String title) {
        String name = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = (name.length() > NAME ? name.substring(0, NAME) : name).replaceAll("^-+|-+$", "");
        return cut.isEmpty() ? "runbook" : cut;
    }

    /** A double-quoted YAML text on one line. */
    private static String quoted(String text) {
        return "\"" + text.replaceAll("\\p{Cntrl}+", " ").replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
