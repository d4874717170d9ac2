package io.nightshift.runtime.stream;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache and one write-buffer budget for every store of the process: 64 MiB in all, of which write buffers take
 * at most 24 MiB. By default Streams gives each store of each partition its own 50 MiB cache and 48 MiB of buffers, off
 * the heap, where no setting of the JVM bounds them.
 *
 * <p>The limit is soft: RocksDB exceeds it rather than fail a write (index blocks that are pinned, buffers being flushed).
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    static final long TOTAL_BYTES = 64L << 20;
    static final long WRITE_BUFFER_BYTES = 24L << 20;
    private static final long STORE_WRITE_BUFFER_BYTES = 4L << 20;
    private static final int WRITE_BUFFERS_PER_STORE = 2;

    /** Made on first use, not on class loading: the native library is loaded only once Streams opens a store. */
    private static final class Shared {
        static final Cache CACHE = new LRUCache(TOTAL_BYTES);
        static final WriteBufferManager BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.BUFFERS);
        options.setWriteBufferSize(STORE_WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS_PER_STORE);
    }

    @Override
    public void close(String storeName, Options options) {
        // The cache and the buffers belong to the process, not to the store that closes.
    }
}
