package io.nightshift.shop.keeper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.shop.keeper.LedgerEntry.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What the keeper did, one JSON object a line, forced to disk before an effect begins and again when it has ended. It
 * is the witness in tests of what really happened, and the memory of the {@link Fence}.
 */
public final class Ledger implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileChannel file;
    private final Fence fence = new Fence();

    Ledger(Path path) throws IOException {
        if (Files.exists(path)) {
            read(path).forEach(fence::learn);
        }
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        endTornLine(path);
    }

    /** All entries of a ledger file. A torn last line, left by a crash in the middle of a write, is no entry. */
    public static List<LedgerEntry> read(Path path) throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        if (Files.exists(path)) {
            for (String line : Files.readAllLines(path)) {
                try {
                    entries.add(JSON.readValue(line, LedgerEntry.class));
                } catch (JsonProcessingException torn) {
                    // its effect had not begun: an effect begins only after its line is on disk
                }
            }
        }
        return entries;
    }

    private void endTornLine(Path path) throws IOException {
        String text = Files.readString(path);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            write("\n");
        }
    }

    /** Judges a request and writes the verdict; on STARTED, and only then, the effect may begin. */
    synchronized LedgerEntry begin(LedgerEntry request, String now) throws IOException {
        Outcome verdict = fence.judge(request);
        LedgerEntry entry = request.ended(now, verdict, wordsFor(verdict, request), List.of(), List.of());
        append(entry);
        return entry;
    }

    private String wordsFor(Outcome verdict, LedgerEntry request) {
        return switch (verdict) {
            case DUPLICATE ->
                "already done: " + fence.lastOf(request.actionId()).outcome();
            case IN_DOUBT -> "began before and has no outcome yet";
            case FENCED -> "a higher token was seen for " + request.target();
            default -> request.detail();
        };
    }

    synchronized void append(LedgerEntry entry) throws IOException {
        write(JSON.writeValueAsString(entry) + "\n");
        fence.learn(entry);
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(true);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
