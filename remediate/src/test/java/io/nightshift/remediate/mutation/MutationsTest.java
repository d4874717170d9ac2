package io.nightshift.remediate.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.guard.Guards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each guard is muted in turn, and each time a test fails. The table of which stands in {@code docs/guard-mutations.md};
 * {@code -Dgolden.update=true} writes it anew.
 */
class MutationsTest {

    private static final Path TABLES = Path.of("..", "docs");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    /** Tests on a broker wait more than they work. */
    private static final ExecutorService SIDE_BY_SIDE = Executors.newFixedThreadPool(3);

    @AfterAll
    static void end() {
        SIDE_BY_SIDE.shutdownNow();
    }

    @Test
    void withoutAGuardOfAdmissionATestFails() throws Exception {
        List<Mutation> mutations = new ArrayList<>();
        for (Guard guard : Guards.all()) {
            String type = "domain.guard." + guard.getClass().getSimpleName();
            mutations.add(new Mutation(guard.id(), type, new Words(""), Mutations.GUARD_TESTS));
        }
        mutations.addAll(Mutations.admission());
        check(mutations, TABLES.resolve("guard-mutations.md"), """
                # What fails without each guard of admission

                Written by `MutationsTest`, which mutes each guard in turn and runs the tests.

                """);
    }

    @Test
    @Tag("stories")
    void withoutACheckAtTheMomentOfActingATestFails() throws Exception {
        check(ActingMutations.all(), TABLES.resolve("check-mutations.md"), """
                # What fails without each check at the moment of acting

                Written by `MutationsTest`, which mutes each check in turn and runs the tests on a broker.

                """);
    }

    /** The failures of the first class that has any: where the quick ones tell, the slow ones need not run. */
    private static TreeSet<String> firstFailures(Mutation mutation) throws Exception {
        for (String test : mutation.tests()) {
            TreeSet<String> failures = MutedRun.failures(Optional.of(mutation), List.of(test));
            if (!failures.isEmpty()) {
                return failures;
            }
        }
        return new TreeSet<>();
    }

    private static void check(List<Mutation> mutations, Path table, String head) throws Exception {
        TreeSet<String> all = new TreeSet<>();
        mutations.forEach(mutation -> all.addAll(mutation.tests()));
        assertThat(MutedRun.failures(Optional.empty(), List.copyOf(all)))
                .as("tests that fail with every guard in place")
                .isEmpty();
        Map<String, TreeSet<String>> failing = new LinkedHashMap<>();
        List<Callable<TreeSet<String>>> runs = new ArrayList<>();
        mutations.forEach(mutation -> runs.add(() -> firstFailures(mutation)));
        List<Future<TreeSet<String>>> ran = SIDE_BY_SIDE.invokeAll(runs);
        for (int i = 0; i < mutations.size(); i++) {
            failing.put(mutations.get(i).guard(), ran.get(i).get());
        }
        StringBuilder text = new StringBuilder(head).append("| guard | failing tests |\n| --- | --- |\n");
        failing.forEach((guard, tests) -> text.append("| `")
                .append(guard)
                .append("` | ")
                .append(String.join(", ", tests))
                .append(" |\n"));
        assertThat(failing)
                .as("each guard and the tests that fail without it")
                .allSatisfy((guard, tests) -> assertThat(tests).as(guard).isNotEmpty());
        if (UPDATE) {
            Files.writeString(table, text);
        }
        assertThat(table).hasContent(text.toString());
    }
}
