"""The operator's certificate of a signed contract (交易鉴证书): issued, shown to anybody who holds
its number, withdrawn."""
