package io.nightshift.shop.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The addresses of one service, read from the file that the keeper maintains, handed out in turn. */
public final class Endpoints {
    /** How long an address may still be used after it left the file. */
    public static final long LEASE_MILLIS = 100;

    private final Path file;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile Reading last = new Reading(List.of(), System.nanoTime() - LEASE_MILLIS * 1_000_000);

    private record Reading(List<String> addresses, long at) {}

    public Endpoints(Path folder, String service) {
        this.file = folder.resolve(service);
    }

    /** The current addresses, beginning with the one whose turn it is. */
    public List<String> inTurn() {
        List<String> now = current();
        if (now.size() < 2) {
            return now;
        }
        int first = Math.floorMod(turn.getAndIncrement(), now.size());
        return first == 0
                ? now
                : List.of(java.util.stream.Stream.concat(
                                now.subList(first, now.size()).stream(), now.subList(0, first).stream())
                        .toArray(String[]::new));
    }

    private List<String> current() {
        Reading reading = last;
        if (System.nanoTime() - reading.at() < LEASE_MILLIS * 1_000_000) {
            return reading.addresses();
        }
        try {
            reading = new Reading(List.copyOf(Files.readAllLines(file)), System.nanoTime());
        } catch (IOException e) {
            reading = new Reading(reading.addresses(), System.nanoTime());
        }
        last = reading;
        return reading.addresses();
    }
}
