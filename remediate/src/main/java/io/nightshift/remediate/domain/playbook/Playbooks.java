package io.nightshift.remediate.domain.playbook;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The playbooks of an installation, by name. */
public record Playbooks(SortedMap<String, Playbook> byName) {

    public Playbooks {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    public static Playbooks none() {
        return new Playbooks(new TreeMap<>());
    }

    public Optional<Playbook> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Playbook> all() {
        return byName.values();
    }
}
