namespace Shop;

/// <summary>What the application needs of Secrets Manager; README.md says which package has it, and has the class that goes between.</summary>
public interface ISecretsManager
{
    /// <summary>The <c>SecretString</c> of the version AWSCURRENT.</summary>
    Task<string> GetSecretValueAsync(string secretId, CancellationToken cancellation);
}
