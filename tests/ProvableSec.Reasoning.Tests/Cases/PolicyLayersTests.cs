using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Cases;

/// <summary>The table of layers says the same as the stack's own members.</summary>
public sealed class PolicyLayersTests
{
    public static TheoryData<PolicyLayer> Layers() => [.. Enum.GetValues<PolicyLayer>()];

    [Fact]
    public void Every_layer_has_its_row_in_its_place() =>
        Assert.Equal(Enum.GetValues<PolicyLayer>(), PolicyLayers.All.Select(info => info.Layer));

    /// <summary>A layer that is not a member of the stack would be read and forgotten.</summary>
    [Fact]
    public void Every_layer_is_the_member_of_the_stack_with_its_name() => Assert.Equal(
        typeof(PolicyStack).GetProperties().Where(member => member.PropertyType.ToString().Contains(nameof(PolicyDocument), StringComparison.Ordinal))
            .Select(member => Camel(member.Name)).Order(StringComparer.Ordinal),
        PolicyLayers.All.Select(info => info.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Layers))]
    public void Documents_are_found_replaced_and_taken_away_where_they_stand(PolicyLayer layer)
    {
        PolicyLayerInfo info = PolicyLayers.Of(layer);
        PolicyDocument first = Policy("first"), second = Policy("second"), other = Policy("other");
        PolicyStack stack = info.With(PolicyStack.Empty, info.Shape switch
        {
            PolicyLayerShape.One => [[first]],
            PolicyLayerShape.List => [[first, second]],
            _ => [[], [first, second]],
        });
        PolicySlot last = stack.Documents().Last().Slot;
        Assert.Equal(info.Shape == PolicyLayerShape.One ? first : second, PolicyLayers.At(stack, last));
        Assert.Equal(
            info.Name + info.Shape switch { PolicyLayerShape.One => "", PolicyLayerShape.List => "[1]", _ => "[1][1]" },
            last.ToString());

        PolicyStack changed = PolicyLayers.With(stack, last, other);
        Assert.Equal(stack.Documents().Select(d => d.Slot), changed.Documents().Select(d => d.Slot));
        Assert.Equal(stack.Documents().Select(d => d.Slot == last ? other : d.Document), changed.Documents().Select(d => d.Document));
        Assert.All(PolicyLayers.Select(stack, _ => other).Documents(), d => Assert.Same(other, d.Document));

        PolicyStack without = info.Without(stack);
        Assert.Empty(without.Documents());
        Assert.Equal(info.NullMeansNone, info.IsNone(without));
        Assert.False(info.IsNone(stack));
        Assert.Null(PolicyLayers.At(without, last));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_is_read_by_its_name(PolicyLayer layer)
    {
        PolicyLayerInfo info = PolicyLayers.Of(layer);
        string policy = PolicyWriter.Write(Policy("some"));
        string value = info.Shape switch { PolicyLayerShape.One => policy, PolicyLayerShape.List => $"[{policy}]", _ => $"[[{policy}]]" };
        var problems = new CaseProblems();
        PolicyStack stack = StackReader.Read(JsonTreeReader.Read(new DocumentText($"{{\"{info.Name}\":{value}}}")).Root, "a stack", new PolicyLoader(),
            problems);
        Assert.Empty(problems.ToImmutable());
        Assert.Equal(layer, Assert.Single(stack.Documents()).Slot.Layer);
        Assert.Equal("some", Assert.Single(stack.Documents()).Document.Statements[0].Sid);
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static PolicyDocument Policy(string sid) => PolicyReader.Read(new DocumentText($$"""{"Version":"2012-10-17","Statement":{"Sid":"{{sid}}","Effect":"Allow","Action":"s3:GetObject","Resource":"*"} }"""));
}
