package io.nightshift.shop.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The features of a service that are turned on: a file of names, one a line, looked at again five times a second. */
final class Flags {
    private static final long LEASE_NANOS = 200_000_000;

    private final Path file;
    private volatile Reading last = new Reading(Set.of(), System.nanoTime() - LEASE_NANOS);

    private record Reading(Set<String> on, long at) {}

    Flags(Path file) {
        this.file = file;
    }

    boolean isOn(String flag) {
        Reading reading = last;
        if (System.nanoTime() - reading.at() >= LEASE_NANOS) {
            reading = new Reading(read(reading.on()), System.nanoTime());
            last = reading;
        }
        return reading.on().contains(flag);
    }

    private Set<String> read(Set<String> before) {
        try {
            return Files.exists(file) ? Set.copyOf(Files.readAllLines(file)) : Set.of();
        } catch (IOException e) {
            return before;
        }
    }
}
