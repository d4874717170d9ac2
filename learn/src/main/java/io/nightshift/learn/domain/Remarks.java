package io.nightshift.learn.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Attribution;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Remark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What people say about incidents, as control records write it and as it counts when several spoke. */
public final class Remarks {

    static final int MOST = 16;
    private static final String VERDICT = "verdict";
    private static final String DID = "did";
    private static final String BECAUSE = "because";
    private static final String DRILL = "drill";
    private static final Comparator<Remark> BY_TIME =
            Comparator.comparing(Remark::getAt).thenComparing(Remark::getControlId);

    private Remarks() {}

    /**
     * The arguments of a control record that says this; its subject is the incident's id.
     *
     * @param did what the person did, UNKNOWN for nothing said
     * @param because what they put a bad outcome down to, UNKNOWN for nothing said
     * @param drill whether the fault was made on purpose
     */
    public static Map<String, String> arguments(
            IncidentVerdict verdict, ActionKind did, Attribution because, boolean drill) {
        Map<String, String> arguments = new HashMap<>();
        arguments.put(VERDICT, verdict.word());
        if (did != ActionKind.UNKNOWN) {
            arguments.put(DID, did.name());
        }
        if (because != Attribution.UNKNOWN) {
            arguments.put(BECAUSE, because.name());
        }
        if (drill) {
            arguments.put(DRILL, "true");
        }
        return arguments;
    }

    /** Reads a control record; empty when it is not about an incident. Its signature is not looked at. */
    public static Optional<Remark> of(ControlRecord control) {
        if (control.getKind() != ControlKind.FEEDBACK || control.getSubject().isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> arguments = control.getArguments();
        return IncidentVerdict.of(arguments.get(VERDICT)).map(verdict -> Remark.newBuilder()
                .setControlId(control.getId())
                .setVerdict(verdict.word())
                .setDid(symbol(ActionKind.values(), arguments.get(DID), ActionKind.UNKNOWN))
                .setBecause(symbol(Attribution.values(), arguments.get(BECAUSE), Attribution.UNKNOWN))
                .setDrill(Boolean.parseBoolean(arguments.get(DRILL)))
                .setActor(control.getActor())
                .setKeyId(control.getKeyId())
                .setAt(control.getAt())
                .build());
    }

    /**
     * These remarks and one more: of each key the last word, so the same said twice is said once. A word that takes back a harm
     * remembers it.
     */
    static List<Remark> with(List<Remark> remarks, Remark further) {
        List<Remark> all = new ArrayList<>(remarks);
        all.add(further);
        all.sort(BY_TIME);
        Map<String, Remark> last = new HashMap<>();
        all.forEach(remark -> last.merge(remark.getKeyId(), remark, Remarks::replaced));
        List<Remark> kept = new ArrayList<>(last.values());
        kept.sort(BY_TIME);
        return List.copyOf(kept.subList(Math.max(0, kept.size() - MOST), kept.size()));
    }

    private static Remark replaced(Remark earlier, Remark later) {
        boolean takesBack = earlier.getTakenBack() || isBad(earlier);
        return Remark.newBuilder(later)
                .setTakenBack(later.getTakenBack() || takesBack && !isBad(later))
                .build();
    }

    private static boolean isBad(Remark remark) {
        return remark.getVerdict().equals(IncidentVerdict.BAD.word());
    }

    /** When somebody last took back that it was bad. */
    static Optional<Remark> takingBack(List<Remark> remarks) {
        return remarks.stream().filter(Remark::getTakenBack).reduce((earlier, later) -> later);
    }

    /** The verdict that counts: where people contradict each other, the one that teaches caution. */
    static Optional<Remark> deciding(List<Remark> remarks) {
        return last(remarks, IncidentVerdict.BAD)
                .or(() -> last(remarks, IncidentVerdict.FALSE_ALARM))
                .or(() -> last(remarks, IncidentVerdict.GOOD));
    }

    static boolean isDrill(List<Remark> remarks) {
        return remarks.stream().anyMatch(Remark::getDrill);
    }

    private static Optional<Remark> last(List<Remark> remarks, IncidentVerdict verdict) {
        return remarks.stream()
                .filter(remark -> remark.getVerdict().equals(verdict.word()))
                .reduce((earlier, later) -> later);
    }

    private static <E extends Enum<E>> E symbol(E[] values, String name, E otherwise) {
        String wanted = name == null ? "" : name.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values)
                .filter(value -> value.name().equals(wanted))
                .findFirst()
                .orElse(otherwise);
    }
}
