using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers;

/// <summary>The constructors of the AWS SDK for .NET that take an access key; there are none where the SDK is not referenced.</summary>
internal sealed class CredentialSinks
{
    private static readonly string[] KeyNames = ["accessKey", "awsAccessKeyId"];
    private static readonly string[] SecretNames = ["secretKey", "awsSecretAccessKey"];
    private static readonly string[] TokenNames = ["token", "awsSessionToken"];
    private static readonly string[] OtherNames = ["accountId"];

    private readonly INamedTypeSymbol credentials;
    private readonly INamedTypeSymbol? client;

    private CredentialSinks(INamedTypeSymbol credentials, INamedTypeSymbol? client)
    {
        this.credentials = credentials;
        this.client = client;
    }

    /// <summary>What the compilation can use; null for nothing.</summary>
    public static CredentialSinks? In(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Amazon.Runtime.AWSCredentials") is { } credentials
            ? new CredentialSinks(credentials, compilation.GetTypeByMetadataName("Amazon.Runtime.AmazonServiceClient"))
            : null;

    /// <summary>Whether a constructor takes a key: <c>BasicAWSCredentials</c>, <c>SessionAWSCredentials</c>, any service client.</summary>
    public bool Takes(IObjectCreationOperation creation, [NotNullWhen(true)] out IArgumentOperation? key, [NotNullWhen(true)] out IArgumentOperation? secret)
    {
        secret = null;
        key = creation.Arguments.Length < 2 ? null : Argument(creation, KeyNames);
        return key is not null && (secret = Argument(creation, SecretNames)) is not null
            && (IsClient(creation.Type) || IsOrDerivesFrom(creation.Type, credentials));
    }

    /// <summary>Whether a type is a service client.</summary>
    public bool IsClient(ITypeSymbol? type) => IsOrDerivesFrom(type, client);

    /// <summary>The arguments of a constructor that takes a key, as far as they belong to it.</summary>
    public IEnumerable<IArgumentOperation> KeyArguments(IObjectCreationOperation creation) => creation.Arguments.Where(argument =>
        IsOneOf(argument, KeyNames) || IsOneOf(argument, SecretNames) || IsOneOf(argument, TokenNames) || IsOneOf(argument, OtherNames));

    /// <summary>Whether the key is temporary: it comes with a token.</summary>
    public bool TakesToken(IObjectCreationOperation creation) => Argument(creation, TokenNames) is not null;

    private static IArgumentOperation? Argument(IObjectCreationOperation creation, string[] names)
    {
        foreach (IArgumentOperation argument in creation.Arguments)
        {
            if (IsOneOf(argument, names))
            {
                return argument;
            }
        }

        return null;
    }

    private static bool IsOneOf(IArgumentOperation argument, string[] names) =>
        argument.Parameter is { Type.SpecialType: SpecialType.System_String } parameter && Array.IndexOf(names, parameter.Name) >= 0;

    private static bool IsOrDerivesFrom(ITypeSymbol? type, INamedTypeSymbol? ancestor)
    {
        for (ITypeSymbol? at = type; at is not null && ancestor is not null; at = at.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(at, ancestor))
            {
                return true;
            }
        }

        return false;
    }
}
