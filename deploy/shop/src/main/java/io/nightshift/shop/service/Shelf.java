package io.nightshift.shop.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The store's data: a map in memory with a file beside it, so that it outlives its process. */
final class Shelf {
    private static final int ARTICLES = 200;

    private final Map<String, String> values = new ConcurrentHashMap<>();

    Shelf(Path file) throws IOException {
        if (!Files.exists(file)) {
            StringBuilder first = new StringBuilder();
            for (int article = 0; article < ARTICLES; article++) {
                first.append("sku-")
                        .append(article)
                        .append('=')
                        .append(10 + article % 90)
                        .append('\n');
            }
            Files.writeString(file, first);
        }
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        }
    }

    Reply get(String key) {
        String value = values.get(key);
        return value == null
                ? Reply.error(404, "no such key: " + key)
                : Reply.ok("{\"key\":\"" + key + "\",\"value\":" + value + "}");
    }
}
