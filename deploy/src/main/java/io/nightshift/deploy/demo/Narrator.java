package io.nightshift.deploy.demo;

import io.nightshift.oversee.domain.story.StoryLine;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Prints the story as it happens: the time of day, the time since the fault, who speaks, and what. */
public final class Narrator {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final boolean coloured;
    private Instant fault;

    public Narrator(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** From now on lines tell the time since then. */
    public synchronized void faultAt(Instant at) {
        fault = at;
    }

    /** A line of the demo itself. */
    public void say(String phase, String text) {
        tell(new StoryLine(Instant.now(), phase, StoryLine.Weight.NORMAL, text));
    }

    public synchronized void tell(StoryLine line) {
        String since = fault == null || line.at().isBefore(fault)
                ? "      "
                : String.format(
                        Locale.ROOT, "%+5ds", Duration.between(fault, line.at()).toSeconds());
        String text = String.format(
                Locale.ROOT, "%s %s  %-11s  %s", TIME.format(line.at()), since, line.phase(), line.text());
        out.println(coloured ? style(line.weight()) + text + PLAIN : text);
    }

    /** Text that stands by itself, such as the summary. */
    public synchronized void print(String text) {
        out.println(text);
    }

    private static String style(StoryLine.Weight weight) {
        return switch (weight) {
            case DETAIL -> DIM;
            case NORMAL -> "";
            case STRONG -> BOLD;
        };
    }
}
