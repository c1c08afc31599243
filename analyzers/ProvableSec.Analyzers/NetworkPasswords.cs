using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers;

/// <summary>The classes of .NET whose constructors take the password of a directory or network.</summary>
internal sealed class NetworkPasswords
{
    private readonly INamedTypeSymbol? credential;
    private readonly INamedTypeSymbol? entry;

    private NetworkPasswords(INamedTypeSymbol? credential, INamedTypeSymbol? entry)
    {
        this.credential = credential;
        this.entry = entry;
    }

    /// <summary>What the compilation can use; null for nothing.</summary>
    public static NetworkPasswords? In(Compilation compilation) =>
        (compilation.GetTypeByMetadataName("System.Net.NetworkCredential"),
            compilation.GetTypeByMetadataName("System.DirectoryServices.DirectoryEntry")) is var (credential, entry)
        && (credential ?? entry) is not null ? new NetworkPasswords(credential, entry) : null;

    /// <summary>The password that a constructor takes; null for another.</summary>
    public IOperation? Taken(IObjectCreationOperation creation) =>
        Is(creation.Type, credential) || Is(creation.Type, entry)
            ? creation.Arguments.FirstOrDefault(argument => argument.Parameter is { Name: "password", Type.SpecialType: SpecialType.System_String })?.Value
            : null;

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol? known) => known is not null && type?.Name == known.Name
        && SymbolEqualityComparer.Default.Equals(type, known);
}
