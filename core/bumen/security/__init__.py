"""Who may do what: the roles that plugins bring, and the permissions behind them."""
