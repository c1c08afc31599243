using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers;

/// <summary>The classes of database drivers whose constructors take a connection string.</summary>
internal sealed class ConnectionSinks
{
    private static readonly string[] Names =
    [
        "MongoDB.Driver.MongoClient", "MongoDB.Driver.MongoUrl",
        "Npgsql.NpgsqlConnection", "Npgsql.NpgsqlConnectionStringBuilder", "Npgsql.NpgsqlDataSourceBuilder",
        "Microsoft.Data.SqlClient.SqlConnection", "Microsoft.Data.SqlClient.SqlConnectionStringBuilder",
        "System.Data.SqlClient.SqlConnection", "System.Data.SqlClient.SqlConnectionStringBuilder",
    ];

    private readonly ImmutableArray<INamedTypeSymbol> types;

    private ConnectionSinks(ImmutableArray<INamedTypeSymbol> types) => this.types = types;

    /// <summary>What the compilation can use; null for nothing.</summary>
    public static ConnectionSinks? In(Compilation compilation)
    {
        ImmutableArray<INamedTypeSymbol> types = Names.Select(compilation.GetTypeByMetadataName).OfType<INamedTypeSymbol>().ToImmutableArray();
        return types.IsEmpty ? null : new ConnectionSinks(types);
    }

    /// <summary>Whether a type is one of them.</summary>
    public bool Has(ITypeSymbol? type)
    {
        foreach (INamedTypeSymbol known in types)
        {
            // Most types of a program differ in the name already.
            if (type?.Name == known.Name && SymbolEqualityComparer.Default.Equals(type, known))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The connection string that a constructor takes.</summary>
    public IOperation? Taken(IObjectCreationOperation creation) =>
        Has(creation.Type)
            ? creation.Arguments.FirstOrDefault(argument => argument.Parameter is { Ordinal: 0, Type.SpecialType: SpecialType.System_String })?.Value
            : null;

    /// <summary>What is known of a text that is put together when the program runs, with <c>{}</c> for the rest; null where nothing or all is known.</summary>
    public static string? KnownText(IOperation value)
    {
        if (value.ConstantValue.HasValue)
        {
            return null;
        }

        var text = new StringBuilder();
        Append(text, value);
        return text.Length > 2 ? text.ToString() : null;
    }

    private static void Append(StringBuilder text, IOperation part)
    {
        switch (part)
        {
            case { ConstantValue: { HasValue: true, Value: string known } }:
                text.Append(known);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                Append(text, sum.LeftOperand);
                Append(text, sum.RightOperand);
                break;
            case IInterpolatedStringOperation interpolated:
                foreach (IInterpolatedStringContentOperation content in interpolated.Parts)
                {
                    Append(text, content is IInterpolatedStringTextOperation literal ? literal.Text : content is IInterpolationOperation hole ? hole.Expression
                        : content);
                }

                break;
            default:
                text.Append("{}");
                break;
        }
    }
}
