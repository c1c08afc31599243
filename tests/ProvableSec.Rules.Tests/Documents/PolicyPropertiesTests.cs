using System.Reflection;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Rules.Tests.Documents;

/// <summary>
/// What the published specifications of CloudFormation and Terraform's AWS provider call a policy (<c>eng/policy-properties.mjs</c>) is read, or named as not
/// read
/// with the reason.
/// </summary>
public sealed class PolicyPropertiesTests
{
    private static readonly string[] Published = [.. Lines("policy-properties.txt")];
    private static readonly string[] NotRead = [.. Lines("policies-not-read.txt")];

    private static readonly string[] Read =
    [
        .. CloudFormationTypes.All.SelectMany(type => CloudFormationTypes.Of(type).Select(place => $"{type} {place.Path}")),
        .. TerraformTypes.All.SelectMany(type => TerraformTypes.Of(type).Select(attribute => $"{type} {attribute.Name}")),
    ];

    [Fact]
    public void Each_published_property_is_read_or_named_with_the_reason() =>
        Assert.DoesNotContain(Published, property => !Read.Contains(property) && !NotRead.Any(line => Names(line, property)));

    [Fact]
    public void Each_place_of_the_tables_is_published_or_named_with_the_reason() =>
        Assert.DoesNotContain(Read, property => !Published.Contains(property)
            && !NotRead.Any(line => line.StartsWith($"+ {property}: ", StringComparison.Ordinal)));

    [Fact]
    public void Nothing_is_named_that_is_not_there()
    {
        Assert.DoesNotContain(NotRead, line => !(line.StartsWith("+ ", StringComparison.Ordinal) ? Read : Published.Except(Read))
            .Any(property => Names(line, property)));
        Assert.All(NotRead, line => Assert.True(line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && line.Length > colon + 3, line));
    }

    /// <summary>A list was once empty, and every test of it passed.</summary>
    [Fact]
    public void The_list_has_both_kinds()
    {
        Assert.True(Published.Count(line => line.StartsWith("AWS::", StringComparison.Ordinal)) > 100);
        Assert.True(Published.Count(line => line.StartsWith("aws_", StringComparison.Ordinal)) > 100);
    }

    private static bool Names(string line, string property)
    {
        string named = line[..line.IndexOf(": ", StringComparison.Ordinal)];
        return named.StartsWith("* ", StringComparison.Ordinal) ? property[(property.LastIndexOfAny([' ', '/']) + 1)..] == named[2..]
            : property == (named.StartsWith("+ ", StringComparison.Ordinal) ? named[2..] : named);
    }

    private static IEnumerable<string> Lines(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
