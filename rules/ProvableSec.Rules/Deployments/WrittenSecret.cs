using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Credentials;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Deployments;

/// <summary>Whether the value of a property that takes a secret is one.</summary>
internal static class WrittenSecret
{
    /// <summary>The fewest characters of a password that a service of AWS takes.</summary>
    private const int Shortest = 6;

    /// <summary>Whether a value is a hard-coded secret.</summary>
    /// <param name="property">Where it stands.</param>
    /// <param name="text">The value; null for what is not known.</param>
    public static bool Is(SecretProperty property, string? text)
    {
        if (text is null || UnknownText.IsIn(text))
        {
            return false;
        }

        string name = property.Path.Substring(property.Path.LastIndexOf('/') + 1);
        if (!property.IsSecretString)
        {
            return text.Length >= Shortest && SecretText.IsWritten(SecretName.IsOfPassword(name) ? name : "password", text)
                && !text.StartsWith("{{", StringComparison.Ordinal);
        }

        JsonItem value = JsonTreeReader.Read(new DocumentText(text)).Root;
        return value.Kind == JsonKind.Object
            ? value.Members().Exists(member => SecretName.Is(member.Name) && member.Value.Kind == JsonKind.String
                && SecretText.IsWritten(member.Name, member.Value.Text))
            : LiteralPassword.IsSecret(Encoding.UTF8.GetBytes(text));
    }
}
