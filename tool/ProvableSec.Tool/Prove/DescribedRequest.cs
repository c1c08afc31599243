using System.Text;
using System.Text.Json;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Prove;

/// <summary>Reads the request that a command line describes, by the rules of the query format.</summary>
internal static class DescribedRequest
{
    /// <summary>The request; of no use when there are problems.</summary>
    public static RequestPattern Read(DescribedQuestion described, List<string> problems)
    {
        RequestPattern request = RequestPattern.Any;
        if (described.Request is { } json)
        {
            request = Read("--request", json, problems);
        }

        if (described.Principal is { } principal)
        {
            request = request with { Principal = Read("--principal", Member("principal", principal, wildcards: false), problems).Principal };
        }

        if (described.Action is { } action)
        {
            request = request with { Action = Read("--action", Member("action", action, wildcards: true), problems).Action };
        }

        if (described.Resource is { } resource)
        {
            request = request with { Resource = Read("--resource", Member("resource", resource, wildcards: resource != "*"), problems).Resource };
        }

        foreach (string pair in described.Context)
        {
            int at = pair.IndexOf('=');
            request = request with { Context = request.Context.Add(new(pair[..at], FieldPattern.Literal(pair[(at + 1)..]))) };
        }

        return request;
    }

    private static RequestPattern Read(string name, string json, List<string> problems)
    {
        JsonReading reading = JsonReading.Of(name, json);
        RequestPattern request = RequestPatternReader.Read(reading.Document.Root, reading.Problems);
        foreach (PolicyProblem problem in reading.Problems.ToImmutable())
        {
            // Only what the user has written as JSON has locations that the user knows.
            problems.Add(name == "--request" ? $"{name}:{problem.Position.Column}: {problem.Message}" : $"{name}: {problem.Message}");
        }

        return request;
    }

    private static string Member(string name, string value, bool wildcards)
    {
        bool like = wildcards && value.AsSpan().ContainsAny('*', '?');
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (like)
            {
                json.WriteStartObject(name);
                json.WriteString("like", value);
                json.WriteEndObject();
            }
            else
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private readonly record struct JsonReading(Policy.Json.JsonTree Document, CaseProblems Problems)
    {
        public static JsonReading Of(string name, string json)
        {
            Policy.Json.JsonTree document = JsonTreeReader.Read(new DocumentText(json, name));
            var problems = new CaseProblems();
            foreach (PolicyProblem problem in document.Problems)
            {
                problems.Add(problem);
            }

            return new JsonReading(document, problems);
        }
    }
}
