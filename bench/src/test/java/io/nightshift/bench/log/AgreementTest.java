package io.nightshift.bench.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static final List<String> TRUTH = List.of("A <*>", "A <*>", "A <*>", "B", "B", "C", "D <*>", "D <*>");

    @Test
    void theTrueGroupsAgreeWhateverTheyAreCalled() {
        Agreement agreement = Agreement.of(List.of(7, 7, 7, 1, 1, 9, 0, 0), TRUTH);
        assertThat(agreement.ga()).isEqualTo(1);
        assertThat(agreement.fga()).isEqualTo(1);
    }

    /** A is split in two: its three lines are wrong. B, C and D are right: 5 of 8 lines, 3 of 5 found, 3 of 4 true groups. */
    @Test
    void aSplitGroupIsWrongAsAWhole() {
        Agreement agreement = Agreement.of(List.of(1, 1, 2, 3, 3, 4, 5, 5), TRUTH);
        assertThat(agreement.ga()).isEqualTo(5 / 8.0);
        assertThat(agreement.fga()).isCloseTo(2 * (3 / 5.0) * (3 / 4.0) / (3 / 5.0 + 3 / 4.0), within(1e-12));
    }

    /** B and C are merged: their three lines are wrong; 2 of 3 found and 2 of 4 true groups are right. */
    @Test
    void mergedGroupsAreBothWrong() {
        Agreement agreement = Agreement.of(List.of(1, 1, 1, 2, 2, 2, 3, 3), TRUTH);
        assertThat(agreement.ga()).isEqualTo(5 / 8.0);
        assertThat(agreement.fga()).isCloseTo(2 * (2 / 3.0) * (2 / 4.0) / (2 / 3.0 + 2 / 4.0), within(1e-12));
    }

    @Test
    void nothingRightIsZeroAndNotANumber() {
        Agreement agreement = Agreement.of(List.of(1, 2, 3, 4, 5, 6, 6, 7), TRUTH);
        assertThat(agreement.ga()).isZero();
        assertThat(agreement.fga()).isZero();
    }

    @Test
    void textsCountByLineAndByGroup() {
        List<String> texts = List.of("A <*>", "A <*>", "A <*>", "B", "B", "X", "D <*>", "D <*>");
        assertThat(Agreement.pa(texts, TRUTH)).isEqualTo(7 / 8.0);
        assertThat(Agreement.fta(List.of(1, 1, 1, 2, 2, 3, 4, 4), texts, TRUTH)).isEqualTo(3 / 4.0);
        assertThat(Agreement.fta(List.of(1, 1, 5, 2, 2, 3, 4, 4), texts, TRUTH))
                .isCloseTo(2 * (2 / 5.0) * (2 / 4.0) / (2 / 5.0 + 2 / 4.0), within(1e-12));
    }

    @Test
    void spacesListsAndWhatIsGluedToAVariableAreAMatterOfTaste() {
        assertThat(Agreement.normal("block blk_<*> from /<*>:<*> took <*>, <*> <*> ms"))
                .isEqualTo(Agreement.normal("block <*> from <*> took <*> ms"));
        assertThat(Agreement.normal("a=<*>, b = <*>")).isEqualTo("a=<*>,b=<*>");
        assertThat(Agreement.normal("open <*>")).isNotEqualTo(Agreement.normal("close <*>"));
    }
}
