namespace Shop;

/// <summary>Stands where the client of AWSSDK.SecretsManager belongs.</summary>
public sealed class NoSecretsManager : ISecretsManager
{
    /// <inheritdoc/>
    public Task<string> GetSecretValueAsync(string secretId, CancellationToken cancellation) =>
        throw new InvalidOperationException("Add AWSSDK.SecretsManager, as README.md says, and register its client.");
}
