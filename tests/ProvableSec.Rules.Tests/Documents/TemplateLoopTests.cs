using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Tests.Documents;

/// <summary><c>Fn::ForEach</c> is expanded before policies are looked for, and findings stand where they are written.</summary>
public sealed class TemplateLoopTests
{
    [Fact]
    public void Each_item_of_a_loop_makes_a_policy_and_findings_stand_in_its_body()
    {
        const string Text = """
            {"Transform": "AWS::LanguageExtensions", "Resources": {"Fn::ForEach::Queues": ["Name", ["jobs", "mail-1"], {"Policy&{Name}": {"Type": "AWS::SQS::QueuePolicy", "Properties": {
              "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": {"Fn::Sub": "arn:aws:sqs:eu-west-1:111122223333:${Name}"}}]}}}}]}}
            """;
        IReadOnlyList<FoundPolicy> found = Find(Text, out DocumentNotes notes);
        Assert.Equal(["Policyjobs (AWS::SQS::QueuePolicy)", "Policymail1 (AWS::SQS::QueuePolicy)"], found.Select(policy => policy.Owner));
        Assert.Contains("111122223333:mail-1\"", found[1].Text.Text, StringComparison.Ordinal);
        Assert.Empty(notes.Macros);
        foreach (FoundPolicy policy in found)
        {
            PolicyFinding finding = Assert.Single(policy.Check(TestContext.Current.CancellationToken), finding => finding.Rule.Id == "PSEC2001");
            Assert.Equal("\"*\"", Text.Substring(finding.Span.Start, finding.Span.Length));
        }
    }

    [Fact]
    public void Loops_in_loops_and_in_properties_are_expanded() => Assert.Equal(
        ["RaX (AWS::IAM::Role)", "RaX (AWS::IAM::Role)", "RbX (AWS::IAM::Role)", "RbX (AWS::IAM::Role)"],
        Find("""
            {"Resources": {"Fn::ForEach::A": ["One", ["a", "b"], {"Fn::ForEach::B": ["Two", ["X"], {"R${One}${Two}": {"Type": "AWS::IAM::Role", "Properties": {
              "Policies": [{"PolicyName": {"Ref": "One"}, "PolicyDocument": {"Statement": []}}, {"PolicyDocument": {"Fn::ForEach::P": ["Key", ["Statement"], {"${Key}": []}]}}]}}}]}]}}
            """, out _).Select(policy => policy.Owner));

    [Theory]
    [InlineData("""{"Ref": "Names"}""", "", 0, 1, 0)]
    [InlineData("""{"Ref": "Names"}""", """, "Default": "a, b" """, 2, 0, 1)]
    [InlineData("""{"Fn::Split": [",", {"Ref": "Other"}]}""", "", 0, 1, 0)]
    [InlineData("""{"Fn::Split": [",", "a,b,c"]}""", "", 3, 0, 0)]
    public void A_list_that_only_the_deployment_knows_is_said(string list, string more, int policies, int unjudged, int partly)
    {
        IReadOnlyList<FoundPolicy> found = Find($$$"""
            {"Parameters": {"Names": {"Type": "CommaDelimitedList"{{{more}}} }, "Other": {"Type": "String"}},
             "Resources": {"Fn::ForEach::Q": ["N", {{{list}}}, {"P${N}": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"PolicyDocument": {"Statement": []} } } }]} }
            """, out DocumentNotes notes);
        Assert.Equal((policies, unjudged, partly), (found.Count, notes.Unjudged.Count, notes.PartlyJudged.Count));
    }

    [Fact]
    public void Loops_that_grow_without_end_stop_and_say_so()
    {
        string items = "[" + string.Join(",", Enumerable.Range(0, 100).Select(i => $"\"i{i}\"")) + "]";
        string body = """{"R${A}${B}${C}${D}": {"Type": "AWS::SQS::Queue"}}""";
        foreach (string name in (string[])["A", "B", "C", "D"])
        {
            body = $$"""{"Fn::ForEach::L{{name}}": ["{{name}}", {{items}}, {{body}}]}""";
        }

        Find($$"""{"Resources": {{body}}, "Parameters": {}, "AWSTemplateFormatVersion": "2010-09-09"}""", out DocumentNotes notes);
        Assert.NotEmpty(notes.PartlyJudged);
    }

    private static IReadOnlyList<FoundPolicy> Find(string text, out DocumentNotes notes)
    {
        JsonTree json = JsonTreeReader.Read(new DocumentText(text));
        Assert.Empty(json.Problems);
        return PolicyDocuments.In(json, null, new PolicyContext(PolicyType.Identity), out notes);
    }
}
