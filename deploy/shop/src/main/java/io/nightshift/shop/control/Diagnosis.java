package io.nightshift.shop.control;

import io.nightshift.shop.Home;
import io.nightshift.shop.control.Controller.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Asks the process behind an instance what goes away with it: a histogram of its heap, or its threads. */
public final class Diagnosis {
    private static final int MILLIS = 6000;

    private final Home home;
    private final Controller keeper;

    public Diagnosis(Home home, Controller keeper) {
        this.home = home;
        this.keeper = keeper;
    }

    /** @param what {@code heap-histogram} or {@code threads} */
    public Answer run(String what, String instance) throws IOException {
        Answer status = keeper.get("/status", Map.of("of", instance, "json", "true"));
        if (status.exit() != 0) {
            return status;
        }
        Optional<Probes.Target> found = Probes.target(status.text(), instance);
        if (found.isEmpty()) {
            return new Answer(3, "no instance " + instance + "\n");
        }
        HttpURLConnection call = Probes.call(found.get(), "/diagnosis/" + what, MILLIS);
        call.setRequestProperty("Shop-Secret", home.secret());
        boolean good = call.getResponseCode() < 400;
        try (InputStream body = good ? call.getInputStream() : call.getErrorStream()) {
            return new Answer(good ? 0 : 1, new String(body.readAllBytes(), StandardCharsets.UTF_8) + "\n");
        }
    }
}
