package io.nightshift.investigate.domain.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a set of alarms says: an alarm that rings every day says nothing, twenty of one family say one thing, what
 * is said of everybody accuses nobody, and the first says more than its echoes.
 */
final class Rarity {

    private static final double OF_MEMBERS = 0.25;

    /** It rang: its monitor found it this unusual at least, in standard deviations. */
    private static final double ALREADY_UNUSUAL = 3;

    /** Seconds in which what an alarm is worth for being early fades, and what remains at last. */
    private static final double EARLY = 60;

    private static final double LATE = 0.5;

    private record Statement(Alarm.Source source, String family, String direction) {}

    private Rarity() {}

    static List<Measured> of(Alarms alarms) {
        Map<String, Excess> said = said(alarms);
        Map<String, Excess> all = new TreeMap<>(said);
        alarms.members().forEach((entity, members) -> {
            Excess together = together(members, said);
            all.merge(entity, together, Rarity::both);
        });
        List<Measured> measured = new ArrayList<>();
        all.forEach((entity, excess) -> measured.add(Measured.all(entity, SignKind.ALARM, excess)));
        return measured;
    }

    private static Map<String, Excess> said(Alarms alarms) {
        Map<String, Map<Statement, Double>> statements = new TreeMap<>();
        alarms.ringing().forEach((alarm, seconds) -> {
            double early = LATE + (1 - LATE) * Math.exp(-seconds / EARLY);
            statements
                    .computeIfAbsent(alarm.entity(), any -> new HashMap<>())
                    .merge(
                            new Statement(alarm.source(), alarm.family(), alarm.direction()),
                            alarm.source().worth() * early * alarms.surprise(alarm),
                            Math::max);
        });
        Map<Statement, Integer> saidBy = new HashMap<>();
        statements.values().forEach(own -> own.keySet().forEach(one -> saidBy.merge(one, 1, Integer::sum)));
        Map<String, Excess> said = new TreeMap<>();
        statements.forEach((entity, own) -> {
            double[] worth = own.entrySet().stream()
                    .mapToDouble(one -> one.getValue() / Math.sqrt(saidBy.get(one.getKey())))
                    .sorted()
                    .toArray();
            double sum = 0;
            for (double one : worth) {
                sum += one;
            }
            said.put(entity, new Excess(sum, ALREADY_UNUSUAL + worth[worth.length - 1], 0));
        });
        return said;
    }

    /** An entity is as suspicious as its members together, if really several of them are. */
    private static Excess together(Set<String> members, Map<String, Excess> said) {
        double sum = 0;
        double squares = 0;
        double significance = 0;
        double[] volumes = members.stream()
                .mapToDouble(member -> said.getOrDefault(member, Excess.NONE).volume())
                .sorted()
                .toArray();
        for (double volume : volumes) {
            sum += volume;
            squares += volume * volume;
        }
        for (String member : members) {
            significance = Math.max(
                    significance, said.getOrDefault(member, Excess.NONE).significance());
        }
        return members.size() < 2 || squares == 0
                ? Excess.NONE
                : new Excess(OF_MEMBERS * sum * sum * sum / squares / members.size(), significance, 0);
    }

    private static Excess both(Excess own, Excess ofMembers) {
        return new Excess(own.volume() + ofMembers.volume(), Math.max(own.significance(), ofMembers.significance()), 0);
    }
}
