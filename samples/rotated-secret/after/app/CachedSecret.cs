namespace Shop;

/// <summary>
/// A credential, read when it is first needed and kept for an hour, so that a request costs no call. A rotation may come within the hour: whoever is refused by
/// the database reads it again, once.
/// </summary>
public sealed class CachedSecret(ISecretsManager secrets, TimeProvider clock, string secretId) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim reading = new(1);
    private volatile Reading? last;

    /// <summary>The credential as it was last read.</summary>
    public async Task<DatabaseCredential> GetAsync(CancellationToken cancellation) => (await ReadAsync(null, cancellation)).Credential;

    /// <summary>Opens the database; with a credential that is read again if it refuses the one that is kept.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="isRefused">Whether what was thrown says that user or password are wrong.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<T> OpenAsync<T>(Func<DatabaseCredential, CancellationToken, Task<T>> open, Func<Exception, bool> isRefused,
        CancellationToken cancellation)
    {
        Reading kept = await ReadAsync(null, cancellation);
        try
        {
            return await open(kept.Credential, cancellation);
        }
        catch (Exception exception) when (isRefused(exception))
        {
            return await open((await ReadAsync(kept, cancellation)).Credential, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => reading.Dispose();

    /// <summary>What is kept; read again if it is old, or is the one that was refused. Many at a time are one call.</summary>
    private async Task<Reading> ReadAsync(Reading? refused, CancellationToken cancellation)
    {
        if (Fresh(refused) is { } kept)
        {
            return kept;
        }

        await reading.WaitAsync(cancellation);
        try
        {
            return Fresh(refused)
                ?? (last = new Reading(DatabaseCredential.Parse(await secrets.GetSecretValueAsync(secretId, cancellation)), clock.GetTimestamp()));
        }
        finally
        {
            reading.Release();
        }
    }

    private Reading? Fresh(Reading? refused) => last is { } kept && kept != refused && clock.GetElapsedTime(kept.At) < Kept ? kept : null;

    private sealed class Reading(DatabaseCredential credential, long at)
    {
        public DatabaseCredential Credential { get; } = credential;

        public long At { get; } = at;
    }
}
