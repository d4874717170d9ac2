package io.nightshift.bench.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A target that writes down what it does before it does it, synced to disk, and that nobody can talk into forgetting it. The
 * fenced one does each key once and no token lower than one it saw; the dumb one does whatever arrives. An instance that was
 * restarted reads 0.2 of its heap, before that 0.97; draining it does not change that.
 */
final class Oracle {

    private static final String SCRIPT = """
            #!/bin/sh
            home=HOME
            verb=$1; subject=$2
            case $verb in
              probe)
                [ -e $home/blind ] && exit 1
                value=0.97; [ -e "$home/heap-$subject" ] && read value < "$home/heap-$subject"
                echo "{\\"value\\":$value}"; exit 0;;
              state)
                token=boot; [ -e "$home/state-$subject" ] && read token < "$home/state-$subject"
                echo "{\\"stateToken\\":\\"$token\\"}"; exit 0;;
            esac
            key=$3; token=$4; hash=$5
            service=${subject%-*}
            [ -e $home/hang-before ] && sleep 60
            exec 9>>"$home/lock-$service"
            flock 9
            [ $verb = undrain ] && [ -e $home/stuck ] && exit 7
            if [ FENCED = true ]; then
              if grep -qs " $key " "$home/ledger-$service"; then exit 4; fi
              highest=-1; [ -e "$home/token-$service" ] && read highest < "$home/token-$service"
              [ "$token" -le "$highest" ] && exit 5
              echo "$token" > "$home/token-$service"
            fi
            echo "did $(date +%s%3N) $key $token $verb $subject $hash" >> "$home/ledger-$service"
            echo "$subject@$token" > "$home/state-$subject"
            [ $verb = restart ] && echo 0.2 > "$home/heap-$subject"
            sync "$home/ledger-$service" "$home/state-$subject" 2>/dev/null
            exec 9>&-
            [ -e $home/hang-after ] && sleep 60
            sleep WORK
            echo "end $(date +%s%3N) $key $token $verb $subject $hash" >> "$home/ledger-$service"
            """;

    /**
     * One effect.
     *
     * @param service short name
     * @param key idempotency key: action id and step
     * @param token fencing token
     * @param planHash plan that the executor had
     * @param didMillis when it was done, epoch milliseconds of the target's clock
     * @param endMillis when its command ended; {@code didMillis} when that was never written
     */
    record Effect(
            String service,
            String key,
            long token,
            String verb,
            String instance,
            String planHash,
            long didMillis,
            long endMillis) {}

    private final Path home;
    private final boolean fenced;

    /** @param work how long each effect takes, seconds as {@code sleep} understands them */
    Oracle(Path home, boolean fenced, String work) throws IOException {
        this.home = Files.createDirectories(home);
        this.fenced = fenced;
        Path script = Files.writeString(
                script(),
                SCRIPT.replace("HOME", home.toString())
                        .replace("FENCED", String.valueOf(fenced))
                        .replace("WORK", work));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    Path script() {
        return home.resolve("oracle.sh");
    }

    boolean isFenced() {
        return fenced;
    }

    /**
     * From now on: {@code hang-before} or {@code hang-after} an effect, {@code blind}: no probe answers, or {@code stuck}: no
     * undo works.
     */
    void set(String behaviour) throws IOException {
        Files.createFile(home.resolve(behaviour));
    }

    void unset(String behaviour) throws IOException {
        Files.delete(home.resolve(behaviour));
    }

    /** The fault comes back. */
    void sicken(String instance) {
        try {
            Files.writeString(home.resolve("heap-" + instance), "0.97\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that was done, each service's effects in the order in which they were. */
    List<Effect> effects() {
        List<Effect> effects = new ArrayList<>();
        try (var files = Files.newDirectoryStream(home, "ledger-*")) {
            for (Path file : files) {
                read(file, effects);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return effects;
    }

    private static void read(Path file, List<Effect> effects) throws IOException {
        String service = file.getFileName().toString().substring("ledger-".length());
        List<String[]> lines =
                Files.readAllLines(file).stream().map(line -> line.split(" ")).toList();
        Map<String, Long> ends = new HashMap<>();
        lines.stream()
                .filter(words -> words[0].equals("end"))
                .forEach(words -> ends.put(words[2] + words[3], at(words)));
        lines.stream()
                .filter(words -> words[0].equals("did"))
                .map(words -> new Effect(
                        service,
                        words[2],
                        Long.parseLong(words[3]),
                        words[4],
                        words[5],
                        words.length > 6 ? words[6] : "",
                        at(words),
                        ends.getOrDefault(words[2] + words[3], at(words))))
                .forEach(effects::add);
    }

    private static long at(String[] words) {
        return Long.parseLong(words[1]);
    }
}
