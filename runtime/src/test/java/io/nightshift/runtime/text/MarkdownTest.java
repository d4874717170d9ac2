package io.nightshift.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {

    @ParameterizedTest
    @CsvSource({
        "a_b*c, a\\_b\\*c",
        "- item, \\- item",
        "1. first, 1\\. first",
        "=== , \\===",
        "http://a.b, http\\://a.b",
        "WWW.a.b, WWW\\.a.b",
        "R&D, R&amp;D",
        "2.4.0 → 2.4.1, 2\\.4.0 → 2.4.1"
    })
    void markdownIsEscaped(String text, String escaped) {
        assertThat(Markdown.escape(text)).isEqualTo(escaped);
    }

    @Test
    void codeCannotBeEndedFromWithin() {
        assertThat(Markdown.code("a`b\nc")).isEqualTo("`a'b c`");
    }

    @Test
    void aBlockOfCodeCannotBeEndedFromWithin() {
        Markdown out = new Markdown();
        out.fenced("diff", "+a\n```\n# heading\u202e");

        assertThat(out.toString()).isEqualTo("```diff\n+a\n ```\n# heading \n```\n\n");
    }
}
