package io.nightshift.investigate.domain.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.investigate.domain.measure.Requests.Intervals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasurementTest {

    @Test
    void what_a_callee_suffers_explains_its_caller() {
        Ranked ranked = rank(
                Map.of("front", Set.of("back")), latency("front", 100, 100, 400, 10), latency("back", 50, 50, 350, 10));

        assertThat(ranked.place("back")).isEqualTo(1);
        assertThat(ranked.place("front")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void what_was_already_bad_before_the_onset_does_not_win() {
        Ranked ranked = rank(Map.of(), latency("long ill", 50, 900, 900, 10), latency("newly ill", 50, 50, 150, 10));

        assertThat(ranked.place("newly ill")).isEqualTo(1);
        assertThat(ranked.place("long ill")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void failures_are_counted_so_that_one_lost_request_of_two_is_not_the_greatest_trouble() {
        Ranked ranked = rank(Map.of(), errors("tiny", 2, 1), errors("busy", 10_000, 2_000));

        assertThat(ranked.place("busy")).isEqualTo(1);
    }

    @Test
    void failures_that_come_and_go_every_day_are_not_blamed() {
        double[] counts = repeat(20, 40);
        double[] moody = IntStream.range(0, 40).mapToDouble(i -> i % 2 * 20).toArray();
        Requests everyday = new Requests(
                "moody",
                new Intervals(counts, moody, repeat(5, 40)),
                Intervals.NONE,
                new Intervals(repeat(20, 4), repeat(16, 4), repeat(5, 4)));

        assertThat(rank(Map.of(), everyday).top()).isZero();
    }

    @Test
    void the_caller_of_something_never_called_before_keeps_the_blame() {
        Requests unheardOf = new Requests(
                "new", Intervals.NONE, Intervals.NONE, new Intervals(repeat(100, 3), repeat(100, 3), repeat(5, 3)));

        Ranked ranked = rank(Map.of("caller", Set.of("new")), errors("caller", 100, 50), unheardOf);

        assertThat(ranked.place("caller")).isEqualTo(1);
    }

    @Test
    void a_network_that_is_slow_towards_all_callees_is_the_callers() {
        List<Hop> before = new ArrayList<>();
        List<Hop> after = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            for (String callee : List.of("a", "b", "c")) {
                before.add(new Hop("hub", callee, 1 + i % 3));
                after.add(new Hop("hub", callee, 200 + i % 3));
                before.add(new Hop("other", callee, 1 + i % 3));
                after.add(new Hop("other", callee, 1 + i % 3));
            }
        }

        assertThat(rank(traces(before, List.of()), traces(after, List.of())).place("hub"))
                .isEqualTo(1);
    }

    @Test
    void a_delay_of_every_fifth_call_is_seen_although_the_median_stays() {
        List<Hop> before = new ArrayList<>();
        List<Hop> after = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            before.add(new Hop("front", "back", 1 + i % 4));
            after.add(new Hop("front", "back", i % 5 == 0 ? 500 : 1 + i % 4));
        }

        assertThat(rank(traces(before, List.of()), traces(after, List.of())).place("back"))
                .isEqualTo(1);
    }

    @Test
    void a_request_that_leaves_out_a_step_is_counted_where_it_begins() {
        Traces usual = traces(List.of(), requests(30, true));
        Traces now = traces(List.of(), requests(30, false));

        Ranked ranked = rank(usual, now);

        assertThat(ranked.place("back")).isEqualTo(1);
        assertThat(ranked.place("front")).isEqualTo(Integer.MAX_VALUE);
        assertThat(rank(usual, usual).top()).isZero();
    }

    @Test
    void one_way_among_many_that_is_suddenly_taken_by_most_is_a_deviation() {
        List<Entry> usual = new ArrayList<>();
        List<Entry> now = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Set<String> way = Set.of("step " + i % 10);
            usual.add(new Entry("u" + i, null, "front", "/", way, Set.of()));
            now.add(new Entry("n" + i, null, "front", "/", i < 60 ? Set.of("step 0") : way, Set.of()));
        }

        assertThat(rank(traces(List.of(), usual), traces(List.of(), now)).place("front"))
                .isEqualTo(1);
    }

    @Test
    void one_slow_call_of_two_blames_nobody_and_most_of_many_do() {
        List<Hop> before = new ArrayList<>();
        List<Hop> many = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            before.add(new Hop("front", "back", 3 + i % 2));
            many.add(new Hop("front", "back", 220 + i % 2));
        }
        List<Hop> two = List.of(new Hop("front", "back", 222), new Hop("front", "back", 3));

        assertThat(rank(traces(before, List.of()), traces(two, List.of())).top())
                .isLessThan(0.05);
        assertThat(rank(traces(before, List.of()), traces(many, List.of())).top())
                .isGreaterThan(0.3);
    }

    @Test
    void the_only_edge_that_is_a_little_slower_is_no_culprit_where_others_wobble_by_more() {
        List<Hop> before = new ArrayList<>();
        List<Hop> after = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            before.add(new Hop("front", "quiet", 1));
            after.add(new Hop("front", "quiet", 2));
            before.add(new Hop("front", "lively", 50 + i % 50));
            after.add(new Hop("front", "lively", 50 + i % 50));
        }

        assertThat(rank(traces(before, List.of()), traces(after, List.of())).top())
                .isLessThan(0.05);
    }

    private static Ranked rank(Map<String, Set<String>> callees, Requests... requests) {
        return Ranked.of(Measurement.of(new Observations(
                callees, List.of(), List.of(requests), List.of(), Traces.NONE, Traces.NONE, Alarms.NONE)));
    }

    private static Ranked rank(Traces usual, Traces now) {
        return Ranked.of(
                Measurement.of(new Observations(Map.of(), List.of(), List.of(), List.of(), usual, now, Alarms.NONE)));
    }

    private static Traces traces(List<Hop> hops, List<Entry> entries) {
        return new Traces(entries, hops);
    }

    /** The front calls the back, which does its two steps or returns early, so that the front has nothing to show. */
    private static List<Entry> requests(int count, boolean whole) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String front = "f" + i + whole;
            entries.add(
                    new Entry(front, null, "front", "/", whole ? Set.of("call", "show") : Set.of("call"), Set.of()));
            entries.add(new Entry(
                    "b" + i + whole, front, "back", "/", whole ? Set.of("read", "sort") : Set.of("read"), Set.of()));
        }
        return entries;
    }

    private static Requests latency(String entity, double before, double justBefore, double after, double rate) {
        return new Requests(
                entity,
                new Intervals(repeat(rate, 30), repeat(0, 30), wobble(before, 30)),
                new Intervals(repeat(rate, 3), repeat(0, 3), wobble(justBefore, 3)),
                new Intervals(repeat(rate, 4), repeat(0, 4), wobble(after, 4)));
    }

    private static Requests errors(String entity, double count, double failed) {
        return new Requests(
                entity,
                new Intervals(repeat(count, 30), repeat(0, 30), repeat(5, 30)),
                Intervals.NONE,
                new Intervals(repeat(count, 4), repeat(failed, 4), repeat(5, 4)));
    }

    private static double[] repeat(double value, int times) {
        return DoubleStream.generate(() -> value).limit(times).toArray();
    }

    private static double[] wobble(double value, int times) {
        return IntStream.range(0, times).mapToDouble(i -> value + i % 3).toArray();
    }
}
