using System.Text;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using ProvableSec.Logs.Filtering;

namespace ProvableSec.Logs.Firehose;

/// <summary>
/// The key for redaction by HMAC. The function's environment names it only: whoever may see the function's configuration reads the environment, and the
/// stream's role
/// has to (Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3 destination": lambda:GetFunctionConfiguration).
/// </summary>
internal static class RedactionKey
{
    /// <summary>
    /// The variable with the name of a SecureString parameter of Systems Manager; of a secret of Secrets Manager <c>/aws/reference/secretsmanager/NAME</c>
    /// (AWS Systems Manager User Guide, "Referencing AWS Secrets Manager secrets from Parameter Store parameters").
    /// </summary>
    public const string ParameterVariable = "PROVABLESEC_HMAC_KEY_PARAMETER";

    /// <summary>The variable that held the key itself.</summary>
    public const string PlainVariable = "PROVABLESEC_HMAC_KEY";

    /// <summary>Reads the key that the environment names.</summary>
    /// <exception cref="InvalidDataException">There is none that can be used.</exception>
    public static byte[] Read()
    {
        if (Environment.GetEnvironmentVariable(PlainVariable) is { Length: > 0 })
        {
            throw new InvalidDataException(
                $"{PlainVariable} is set, and whoever may see the function's configuration, as the stream may, reads it there; store another key as a "
                    + $"SecureString parameter or a secret, and name it in {ParameterVariable}");
        }

        if (Environment.GetEnvironmentVariable(ParameterVariable) is not { Length: > 0 } name)
        {
            throw new InvalidDataException($"the rules redact by HMAC, and {ParameterVariable} does not name the parameter with the key");
        }

        using var client = new AmazonSimpleSystemsManagementClient();
        return Read(client, name);
    }

    /// <summary>Reads a key.</summary>
    /// <param name="client">The client.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="InvalidDataException">It cannot be read, lies there as plain text, or is too short.</exception>
    public static byte[] Read(IAmazonSimpleSystemsManagement client, string name)
    {
        Parameter parameter;
        try
        {
            parameter = client.GetParameterAsync(new GetParameterRequest { Name = name, WithDecryption = true }).GetAwaiter().GetResult().Parameter;
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or TaskCanceledException)
        {
            throw new InvalidDataException($"the parameter {name} with the key for redaction by HMAC cannot be read: {e.Message}", e);
        }

        if (parameter.Type != ParameterType.SecureString)
        {
            throw new InvalidDataException($"the parameter {name} with the key for redaction by HMAC is not a SecureString, so it is stored as plain text");
        }

        byte[] key = Encoding.UTF8.GetBytes(parameter.Value);
        return LogFilter.ProblemOf(key) is { } problem ? throw new InvalidDataException($"the parameter {name}: {problem}") : key;
    }
}
