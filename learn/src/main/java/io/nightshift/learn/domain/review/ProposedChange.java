package io.nightshift.learn.domain.review;

/**
 * A change that a review proposes to people. Nobody but a person applies it.
 *
 * @param what it changes, in words that are already escaped
 * @param diff in unified format; every name in it is of a closed alphabet
 */
public record ProposedChange(String what, String diff) {

    /** A new file, as {@code git apply} and {@code patch} take it. */
    static ProposedChange newFile(String what, String path, String text) {
        return new ProposedChange(what, "--- /dev/null\n+++ b/" + path + "\n" + hunk("@@ -0,0 +1,", text));
    }

    /** Lines at the beginning of a file that is there; to be applied with {@code git apply --unidiff-zero}. */
    static ProposedChange before(String what, String path, String text) {
        return new ProposedChange(what, "--- a/" + path + "\n+++ b/" + path + "\n" + hunk("@@ -0,0 +1,", text));
    }

    private static String hunk(String head, String text) {
        String[] lines = text.split("\n", -1);
        int count = text.endsWith("\n") ? lines.length - 1 : lines.length;
        StringBuilder hunk = new StringBuilder(head).append(count).append(" @@\n");
        for (int i = 0; i < count; i++) {
            hunk.append('+').append(lines[i]).append('\n');
        }
        return hunk.toString();
    }

    /** The lines that the diff adds: for tests and tools that check what is proposed. */
    public String added() {
        StringBuilder added = new StringBuilder();
        diff.lines()
                .filter(line -> line.startsWith("+") && !line.startsWith("+++"))
                .forEach(line -> added.append(line.substring(1)).append('\n'));
        return added.toString();
    }
}
