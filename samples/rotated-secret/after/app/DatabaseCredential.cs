using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop;

/// <summary>The secret of a database, with the names that Secrets Manager's rotation functions expect.</summary>
public sealed record DatabaseCredential(
    [property: JsonPropertyName("username"), JsonRequired] string UserName,
    [property: JsonPropertyName("password"), JsonRequired] string Password,
    [property: JsonPropertyName("host"), JsonRequired] string Host,
    [property: JsonPropertyName("port"), JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] int Port)
{
    /// <summary>Reads the text of a secret; the text is in no message of an exception.</summary>
    public static DatabaseCredential Parse(string secret)
    {
        try
        {
            return JsonSerializer.Deserialize<DatabaseCredential>(secret) ?? throw new InvalidOperationException("The secret is null.");
        }
        catch (JsonException)
        {
            throw new InvalidOperationException("The secret is not that of a database: JSON with username, password and host.");
        }
    }

    /// <summary>Without the password: records print their properties.</summary>
    public override string ToString() => $"{UserName} at {Host}:{Port}";
}
