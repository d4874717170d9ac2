package io.nightshift.investigate.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Hands a body on up to a size, and breaks the exchange off beyond it with an {@link TooLongException}. */
public final class LimitedBody<T> implements BodySubscriber<T> {

    private final BodySubscriber<T> inner;
    private final int limit;
    private Flow.Subscription subscription;
    private long seen;
    private boolean broken;

    /**
     * @param inner what makes something of the bytes
     * @param limit greatest number of bytes
     */
    public LimitedBody(BodySubscriber<T> inner, int limit) {
        this.inner = inner;
        this.limit = limit;
    }

    @Override
    public CompletionStage<T> getBody() {
        return inner.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription granted) {
        subscription = granted;
        inner.onSubscribe(granted);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (broken) {
            return;
        }
        seen += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (seen > limit) {
            broken = true;
            subscription.cancel();
            inner.onError(new TooLongException(limit));
            return;
        }
        inner.onNext(buffers);
    }

    @Override
    public void onError(Throwable fault) {
        if (!broken) {
            inner.onError(fault);
        }
    }

    @Override
    public void onComplete() {
        if (!broken) {
            inner.onComplete();
        }
    }

    /** A body went on beyond its greatest size. */
    public static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1;

        TooLongException(int limit) {
            super("the answer is longer than " + limit + " bytes");
        }
    }
}
