package io.nightshift.detect.domain.correlate;

import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An incident that is open: its members, and what was last said about it. */
final class Case {

    private static final int WHOLE_MEMBERS = 64;

    private final String id;
    private final long openedMillis;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Integer> services = new HashMap<>();
    private long firstOnset = Long.MAX_VALUE;
    private long lastOnset;
    private int uncounted;
    private int version;
    private boolean pages;
    private boolean changed;
    private long saidMillis;
    private long calmSinceMillis = -1;

    Case(String id, long openedMillis) {
        this.id = id;
        this.openedMillis = openedMillis;
    }

    /** Continues a case whose last record was this; its members are added one by one. */
    static Case restore(Incident said) {
        Case restored = new Case(said.getId(), said.getOpenedAt().toEpochMilli());
        restored.version = said.getVersion();
        restored.pages = said.getPages();
        restored.saidMillis = said.getUpdatedAt().toEpochMilli();
        return restored;
    }

    String id() {
        return id;
    }

    long openedMillis() {
        return openedMillis;
    }

    Map<String, Member> members() {
        return members;
    }

    Map<String, Integer> services() {
        return services;
    }

    int memberCount() {
        return members.size() + uncounted;
    }

    long firstOnset() {
        return firstOnset;
    }

    boolean add(Member member, int maxMembers) {
        changed = true;
        if (members.size() >= maxMembers) {
            uncounted++;
            return false;
        }
        if (members.size() >= WHOLE_MEMBERS) {
            member.strip();
        }
        members.put(member.id(), member);
        services.merge(member.service(), 1, Integer::sum);
        touched(member);
        return true;
    }

    void touched(Member member) {
        firstOnset = Math.min(firstOnset, member.onsetMillis());
        lastOnset = Math.max(lastOnset, Math.max(member.onsetMillis(), member.reachMillis()));
        changed = true;
    }

    /** Whether something that began then can belong here, looking at time alone. */
    boolean isNearInTime(long onsetMillis, long gapMillis) {
        return onsetMillis >= firstOnset - gapMillis && onsetMillis <= lastOnset + gapMillis;
    }

    List<Member> mostTelling() {
        List<Member> sorted = new ArrayList<>(members.values());
        sorted.sort(Member.MOST_TELLING);
        return sorted;
    }

    /** Whether all that matters has been over for so long. Hints neither keep a case open nor matter here. */
    boolean isOver(long nowMillis, long quietMillis) {
        boolean calm = members.values().stream().noneMatch(m -> m.isOpen() && m.weight() != Weight.HINT);
        if (!calm) {
            calmSinceMillis = -1;
        } else if (calmSinceMillis < 0) {
            calmSinceMillis = nowMillis;
        }
        return calm && nowMillis - calmSinceMillis >= quietMillis;
    }

    boolean isDue(long nowMillis, long everyMillis) {
        return version == 0 || (changed && nowMillis - saidMillis >= everyMillis);
    }

    boolean pages() {
        return pages;
    }

    /** Users were affected: an incident that paged keeps doing so until it ends. */
    void page() {
        if (!pages) {
            pages = true;
            changed = true;
            saidMillis = 0;
        }
    }

    IncidentPhase nextPhase() {
        return version == 0 ? IncidentPhase.OPEN : IncidentPhase.UPDATE;
    }

    int said(long nowMillis) {
        changed = false;
        saidMillis = nowMillis;
        return ++version;
    }
}
