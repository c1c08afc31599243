using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Configurations;

/// <summary>What a property says of itself, as it is read member by member.</summary>
internal sealed class PropertyFields
{
    public string? Id { get; set; }

    public string Says { get; set; } = "";

    public Question? Question { get; set; }

    public string Owner { get; set; } = "";

    public string Rationale { get; set; } = "";

    public ImmutableArray<PropertyWaiver> Waivers { get; set; } = [];

    public List<ConfiguredStack>? Stacks { get; set; }

    public List<PolicyProblem> StackProblems { get; } = [];

    public List<(string Pattern, JsonItem At)>? Except { get; set; }

    public IReadOnlyList<(string Path, JsonItem At)>? Policies { get; set; }

    public Subject? Policy { get; set; }

    public string? PolicyPath { get; set; }

    public Subject? Baseline { get; set; }

    public JsonItem? Revision { get; set; }

    public PolicyDocument? Forbidden { get; set; }

    public PolicyDocument? Required { get; set; }

    public RequestPattern Request { get; set; } = RequestPattern.Any;

    public PolicyType? Type { get; set; }

    public TrustZone Zone { get; set; } = TrustZone.None;

    public World World { get; set; }

    public ImmutableArray<string> Without { get; set; } = [];

    public string? AsOf { get; set; }

    public bool AllowsVacuous { get; set; }

    public long Budget { get; set; } = Query.DefaultBudget;

    public Severity Severity { get; set; } = Severity.Error;

    public Verdict Expect { get; set; } = Verdict.Holds;
}
