package io.nightshift.investigate.look;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A path below a server's base address, made of segments that can't reach out of it, with a query. */
final class ApiPath {

    private final List<String> segments;
    private final List<String> query = new ArrayList<>();

    private ApiPath(List<String> segments) {
        this.segments = segments;
    }

    /**
     * @param segments one each; a slash inside of one is escaped
     * @throws IllegalArgumentException when one is empty, or {@code .} or {@code ..}: no caller lets such an argument through
     */
    static ApiPath of(String... segments) {
        for (String segment : segments) {
            if (segment.isEmpty() || segment.chars().allMatch(character -> character == '.')) {
                throw new IllegalArgumentException("'" + segment + "' can't be part of a path");
            }
        }
        return new ApiPath(List.of(segments));
    }

    ApiPath with(String name, String value) {
        query.add(encoded(name) + "=" + encoded(value));
        return this;
    }

    ApiPath with(String name, Optional<String> value) {
        value.ifPresent(present -> with(name, present));
        return this;
    }

    ApiPath with(String name, long value) {
        return with(name, String.valueOf(value));
    }

    ApiPath within(Duration time) {
        return with("timeout", Math.max(1, time.toMillis()) + "ms");
    }

    URI below(URI base) {
        String path = segments.stream().map(ApiPath::encoded).collect(Collectors.joining("/", "/", ""));
        return URI.create(base + path + (query.isEmpty() ? "" : "?" + String.join("&", query)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
