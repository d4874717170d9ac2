package io.nightshift.shop.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The patterns that decide an article's price class: a file beside the service, read again when it changes. Each request
 * matches its article's description against them.
 */
final class PricingRules {
    /** Long enough for a pattern that backtracks to show what it costs. */
    private static final String DESCRIPTION =
            "one of the articles that this shop has always had and will have ".repeat(4);

    private final Path file;
    private volatile FileTime readAt = FileTime.fromMillis(0);
    private volatile List<Pattern> rules = List.of();

    PricingRules(Path file) {
        this.file = file;
    }

    /** How many of the rules concern the article. */
    int concerning(String article) throws IOException {
        readAgain();
        int found = 0;
        for (Pattern rule : rules) {
            found += rule.matcher(article + " " + DESCRIPTION).matches() ? 1 : 0;
        }
        return found;
    }

    private void readAgain() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        FileTime changed = Files.getLastModifiedTime(file);
        if (!changed.equals(readAt)) {
            rules = Files.readAllLines(file).stream().map(Pattern::compile).toList();
            readAt = changed;
        }
    }
}
