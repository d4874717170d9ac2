package io.nightshift.embedded;

/** Another process listens on the port that an embedded server was told to use. */
public final class PortTakenException extends EmbeddedException {
    private static final long serialVersionUID = 1L;

    private final int port;

    public PortTakenException(String what, int port, Throwable cause) {
        super(
                "Port " + port + " on 127.0.0.1 is taken, so " + what + " cannot listen there. Stop the process that "
                        + "uses it (`ss -ltnp 'sport = :" + port
                        + "'` names it) or set another port (0 = any free one).",
                cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
