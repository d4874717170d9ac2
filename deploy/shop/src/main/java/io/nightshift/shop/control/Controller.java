package io.nightshift.shop.control;

import io.nightshift.shop.Home;
import io.nightshift.shop.ShopSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The keeper as seen from outside. Uses the JDK's old HTTP client because it starts in a tenth of the new one's time. */
public final class Controller {
    /** Longer than any rollout takes. */
    private static final int READ_MILLIS = 120_000;

    private final String base;
    private final String secret;

    /** @param exit what {@code shopctl} exits with; 7 when the keeper cannot be reached */
    public record Answer(int exit, String text) {}

    public Controller(Home home) throws IOException {
        this.base = "http://127.0.0.1:" + ShopSettings.read(home).fleet().keeperPort();
        this.secret = home.secret();
    }

    public Answer get(String path, Map<String, String> fields) throws IOException {
        return exchange(path + "?" + encoded(fields), null);
    }

    public Answer post(String path, Map<String, String> fields) throws IOException {
        return exchange(path, encoded(fields));
    }

    /** Has the instances of a service, one instance, or all do what the demo wants of them. */
    public Answer disturb(String kind, Map<String, String> where, int number) throws IOException {
        Map<String, String> fields = new HashMap<>(where);
        fields.put("kind", kind);
        fields.put("number", String.valueOf(number));
        return post("/disturb", fields);
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Answer exchange(String path, String form) throws IOException {
        HttpURLConnection call =
                (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        call.setConnectTimeout(1000);
        call.setReadTimeout(READ_MILLIS);
        call.setRequestProperty(Home.SECRET_HEADER, secret);
        try {
            if (form != null) {
                call.setDoOutput(true);
                call.getOutputStream().write(form.getBytes(StandardCharsets.UTF_8));
            }
            boolean good = call.getResponseCode() < 400;
            try (InputStream body = good ? call.getInputStream() : call.getErrorStream()) {
                String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(call.getHeaderFieldInt("Shop-Exit", 1), text);
            }
        } catch (ConnectException e) {
            return new Answer(7, "the shop's keeper does not answer; is the shop running?\n");
        }
    }
}
