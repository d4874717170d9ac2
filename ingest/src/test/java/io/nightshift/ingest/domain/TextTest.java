package io.nightshift.ingest.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void nulAndLoneSurrogatesAreReplacedAndPairsAreKept() {
        assertThat(Text.clean("a\0b")).isEqualTo("a\uFFFDb");
        assertThat(Text.clean("x\uD83D")).isEqualTo("x\uFFFD");
        assertThat(Text.clean("\uDE00y")).isEqualTo("\uFFFDy");
        assertThat(Text.clean("😀")).isEqualTo("😀");
    }

    @Test
    void fineTextIsNotCopied() {
        String text = "plain € 😀";
        assertThat(Text.clean(text)).isSameAs(text);
    }

    @Test
    void cuttingNeverSplitsACharacter() {
        String text = "aé€😀z";
        for (int limit = 0; limit <= 12; limit++) {
            String cut = Text.cut(text, limit);
            assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(limit);
            assertThat(text).startsWith(cut);
            assertThat(cut).doesNotEndWith("\uD83D");
        }
        assertThat(Text.cut(text, 11)).isEqualTo(text);
    }

    @Test
    void lengthIsThatOfUtf8() {
        String text = "aé€😀\uFFFD";
        assertThat(Text.utf8Length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }
}
