package io.github.jettympm.it;

/** WARs that others wrote, used as their users use them. */
abstract class WarsContract extends Contract
        implements FileCases, ServletCases, LoginCases, ChatCases, JolokiaCases, WikiCases {
    WarsContract(Model model) {
        super(Site.WARS, model);
    }
}
