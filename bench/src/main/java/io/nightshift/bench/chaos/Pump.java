package io.nightshift.bench.chaos;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;

/** Carries bytes between two ends of a connection, both ways, each on a thread of its own. */
final class Pump {

    /** Runs before each piece is handed on; false ends the connection. */
    interface Gate {
        boolean pass() throws InterruptedException;
    }

    private Pump() {}

    /** Takes every connection on {@code door} and carries it to {@code to}, until the door is closed. */
    static void serve(ServerSocketChannel door, SocketAddress to, BooleanSupplier open, Gate gate) {
        daemon(() -> {
            while (door.isOpen()) {
                SocketChannel inside = door.accept();
                if (!open.getAsBoolean()) {
                    inside.close();
                    continue;
                }
                SocketChannel outside = SocketChannel.open(to);
                daemon(() -> carry(inside, outside, gate));
                daemon(() -> carry(outside, inside, gate));
            }
        });
    }

    private static void carry(ByteChannel from, ByteChannel to, Gate gate) throws IOException, InterruptedException {
        ByteBuffer piece = ByteBuffer.allocate(64 * 1024);
        try (from;
                to) {
            while (from.read(piece) >= 0 && gate.pass()) {
                piece.flip();
                while (piece.hasRemaining()) {
                    to.write(piece);
                }
                piece.clear();
            }
        }
    }

    /** Work that ends quietly when its connection does. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The other end is gone; so is this one.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "pump");
        thread.setDaemon(true);
        thread.start();
    }
}
