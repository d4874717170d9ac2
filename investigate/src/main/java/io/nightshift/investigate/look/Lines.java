package io.nightshift.investigate.look;

import io.nightshift.investigate.look.LookTool.Seen;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collects what a look saw, bounded in lines and in their length; what did not fit is counted. */
public final class Lines {

    /** Longest line, characters. */
    public static final int LONGEST = 400;

    private final int most;
    private final List<String> lines = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private int omitted;
    private int cut;

    public Lines(int most) {
        this.most = most;
    }

    public void add(String text) {
        if (lines.size() >= most) {
            omitted++;
            return;
        }
        boolean whole = text.length() <= LONGEST;
        cut += whole ? 0 : 1;
        String bounded = whole ? text : text.substring(0, LONGEST) + "…";
        lines.add(bounded.replaceAll("\\R", " "));
    }

    /** A text of several lines, such as the log of a pod. */
    public void addEach(String text) {
        text.lines().forEach(this::add);
    }

    /** Something that is missing, in our own words. */
    public void note(String missing) {
        notes.add(missing);
    }

    boolean isFull() {
        return lines.size() >= most;
    }

    public Seen seen() {
        List<String> missing = new ArrayList<>(notes);
        if (omitted > 0) {
            missing.add(omitted + " more lines left out");
        }
        if (cut > 0) {
            missing.add(cut + " lines cut to " + LONGEST + " characters");
        }
        return new Seen(lines, String.join("; ", missing));
    }

    static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}
