package io.nightshift.bench.rca;

import io.nightshift.investigate.domain.measure.Alarm;
import io.nightshift.investigate.domain.measure.Alarms;
import io.nightshift.investigate.domain.measure.EdgeTimes;
import io.nightshift.investigate.domain.measure.Entry;
import io.nightshift.investigate.domain.measure.Gauge;
import io.nightshift.investigate.domain.measure.Hop;
import io.nightshift.investigate.domain.measure.Observations;
import io.nightshift.investigate.domain.measure.Requests;
import io.nightshift.investigate.domain.measure.Traces;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The same observations with other names in another order: names must carry nothing. */
final class Renaming {

    private final Map<String, String> names = new HashMap<>();
    private final Random random;

    private Renaming(Observations seen, long seed) {
        this.random = new Random(seed);
        List<String> all = new ArrayList<>(entities(seen));
        List<String> others = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            others.add("entity-" + i);
        }
        Collections.shuffle(others, random);
        for (int i = 0; i < all.size(); i++) {
            names.put(all.get(i), others.get(i));
        }
    }

    static Renaming of(Observations seen, long seed) {
        return new Renaming(seen, seed);
    }

    String name(String entity) {
        return names.getOrDefault(entity, entity);
    }

    Observations apply(Observations seen) {
        return new Observations(
                sets(seen.callees()),
                shuffled(seen.gauges().stream()
                        .map(one -> new Gauge(name(one.entity()), one.kind(), one.before(), one.after()))
                        .toList()),
                shuffled(seen.requests().stream()
                        .map(one -> new Requests(name(one.entity()), one.before(), one.justBefore(), one.after()))
                        .toList()),
                shuffled(seen.edges().stream()
                        .map(one -> new EdgeTimes(name(one.caller()), name(one.callee()), one.before(), one.after()))
                        .toList()),
                traces(seen.usual()),
                traces(seen.now()),
                alarms(seen.alarms()));
    }

    private Traces traces(Traces traces) {
        return new Traces(
                shuffled(traces.entries().stream()
                        .map(one -> new Entry(
                                one.id(),
                                one.parent(),
                                name(one.entity()),
                                one.operation(),
                                one.events(),
                                one.errors()))
                        .toList()),
                shuffled(traces.hops().stream()
                        .map(one -> new Hop(name(one.caller()), name(one.callee()), one.millis()))
                        .toList()));
    }

    private Alarms alarms(Alarms alarms) {
        Map<Alarm, Double> ringing = new HashMap<>();
        alarms.ringing().forEach((alarm, seconds) -> ringing.put(alarm(alarm), seconds));
        Map<Alarm, Integer> before = new HashMap<>();
        alarms.rangBefore().forEach((alarm, count) -> before.put(alarm(alarm), count));
        return new Alarms(ringing, alarms.earlierWindows(), before, sets(alarms.members()));
    }

    private Alarm alarm(Alarm one) {
        return new Alarm(name(one.entity()), one.source(), one.name(), one.family(), one.direction());
    }

    private Map<String, Set<String>> sets(Map<String, Set<String>> sets) {
        Map<String, Set<String>> renamed = new HashMap<>();
        sets.forEach((entity, others) ->
                renamed.put(name(entity), others.stream().map(this::name).collect(Collectors.toSet())));
        return renamed;
    }

    private <T> List<T> shuffled(List<T> all) {
        List<T> copy = new ArrayList<>(all);
        Collections.shuffle(copy, random);
        return copy;
    }

    private static Set<String> entities(Observations seen) {
        Set<String> all = new TreeSet<>();
        add(all, seen.callees());
        add(all, seen.alarms().members());
        seen.gauges().forEach(one -> all.add(one.entity()));
        seen.requests().forEach(one -> all.add(one.entity()));
        seen.edges().forEach(one -> Collections.addAll(all, one.caller(), one.callee()));
        for (Traces traces : List.of(seen.usual(), seen.now())) {
            traces.entries().forEach(one -> all.add(one.entity()));
            traces.hops().forEach(one -> Collections.addAll(all, one.caller(), one.callee()));
        }
        seen.alarms().ringing().keySet().forEach(alarm -> all.add(alarm.entity()));
        seen.alarms().rangBefore().keySet().forEach(alarm -> all.add(alarm.entity()));
        return all;
    }

    private static void add(Set<String> all, Map<String, Set<String>> sets) {
        sets.forEach((entity, others) -> {
            all.add(entity);
            all.addAll(others);
        });
    }
}
