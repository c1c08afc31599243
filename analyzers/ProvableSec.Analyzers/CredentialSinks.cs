using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers;

/// <summary>The constructors of the AWS SDK for .NET that take an access key; there are none where the SDK is not referenced.</summary>
internal sealed class CredentialSinks
{
    private static readonly string[] KeyNames = ["accessKey", "awsAccessKeyId"];
    private static readonly string[] SecretNames = ["secretKey", "awsSecretAccessKey"];

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
        key = Argument(creation, KeyNames);
        secret = Argument(creation, SecretNames);
        return key is not null && secret is not null && IsSdkType(creation.Type);
    }

    private static IArgumentOperation? Argument(IObjectCreationOperation creation, string[] names)
    {
        foreach (IArgumentOperation argument in creation.Arguments)
        {
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_String } parameter && Array.IndexOf(names, parameter.Name) >= 0)
            {
                return argument;
            }
        }

        return null;
    }

    private bool IsSdkType(ITypeSymbol? type)
    {
        for (ITypeSymbol? at = type; at is not null; at = at.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(at, credentials) || SymbolEqualityComparer.Default.Equals(at, client))
            {
                return true;
            }
        }

        return false;
    }
}
