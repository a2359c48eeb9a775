"""Install align as users do, measure what it needs, and prepare releases."""
