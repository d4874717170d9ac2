package io.nightshift.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Every record type of the contracts, as its class was generated. */
final class Contracts {

    private static final Path SOURCES = Path.of("src", "main", "avro");

    private Contracts() {}

    static List<Schema> all() {
        return types().stream().map(Contracts::schema).toList();
    }

    static List<Class<? extends SpecificRecord>> types() {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".avsc"))
                    .sorted()
                    .<Class<? extends SpecificRecord>>map(name -> type(name.substring(0, name.length() - 5)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<? extends SpecificRecord> type(String name) {
        try {
            return Class.forName("io.nightshift.events." + name).asSubclass(SpecificRecord.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Schema schema(Class<? extends SpecificRecord> type) {
        try {
            return (Schema) type.getMethod("getClassSchema").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
