package io.nightshift.bench.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrainTest {

    private final Drain drain = new Drain(Drain.Settings.of(4, 0.5, "(\\d+\\.){3}\\d+"));

    @Test
    void equalLengthFirstTokenAndHalfOfTheTokensMakeAGroup() {
        Drain.Group group = drain.group("Accepted anna from 10.0.0.1");
        assertThat(drain.group("Accepted bert from 10.0.0.2")).isSameAs(group);
        assertThat(group.text()).isEqualTo("Accepted <*> from <*>");
        assertThat(drain.group("Accepted bert from 10.0.0.2 again")).isNotSameAs(group);
        assertThat(drain.group("Refused bert from 10.0.0.2")).isNotSameAs(group);
    }

    /** Of four tokens one is equal, which is less than half; variables of the template count as unequal. */
    @Test
    void lessThanHalfMakesANewGroup() {
        Drain.Group group = drain.group("Opened door of house");
        assertThat(drain.group("Opened window in tower")).isNotSameAs(group);
        assertThat(drain.group("Opened door in garden")).isSameAs(group);
        assertThat(drain.group("Opened gate to street")).isNotSameAs(group);
    }

    @Test
    void firstTokensWithDigitsShareABranch() {
        assertThat(drain.group("7 lines were read")).isSameAs(drain.group("912 lines were read"));
    }
}
