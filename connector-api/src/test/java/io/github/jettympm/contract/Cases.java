package io.github.jettympm.contract;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A group of the contract's cases; each case has a server of its own, which must not have lost a buffer at its end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class Cases {
    Site site;

    abstract Site newSite();

    @BeforeEach
    void makeSite() {
        site = newSite();
    }

    @AfterEach
    void closeSite() throws Exception {
        site.close();
    }
}
