package portal

import "doithoai/web"

// routes are all pages of the public site.
func (s *site) routes() []web.Route {
	return append(ownRoutes(s), []web.Route{
		{Pattern: "GET /{$}", Alike: true, Do: s.home},
		{Pattern: "GET /ngon-ngu", Do: web.ChooseLanguage},
		{Pattern: "GET /gui-y-kien", Do: s.newSlip},
		{Pattern: "POST /gui-y-kien", Do: keyed(s.readSlip)},
		{Pattern: "GET " + checkPath, Do: s.checkSlip},
		{Pattern: "GET /gui-y-kien/bien-nhan", Do: s.showReceipt},
		{Pattern: "POST /gui-y-kien/bien-nhan", Do: keyed(s.sendSlip)},
		{Pattern: "GET /tra-cuu", Do: s.askCode},
		{Pattern: "POST /tra-cuu", Do: keyed(s.readCode)},
		{Pattern: "GET /tra-cuu/y-kien", Do: s.follow},
		{Pattern: "GET " + receiptFilePath, Do: s.receiptFile},
		{Pattern: "GET " + signedPattern + ".pdf", Do: s.signedFile},
		{Pattern: "GET " + signedPattern + ".json", Do: s.signedProof},
		// Of a browser that keeps no cookies, whose page carries the code along:
		{Pattern: "POST /tra-cuu/y-kien", Do: s.follow},
		{Pattern: "POST /tra-cuu/bien-nhan", Do: s.showReceipt},
		{Pattern: "POST " + receiptFilePath, Do: s.receiptFile},
		{Pattern: "POST /tra-cuu/danh-gia", Do: keyed(s.rate)},
		{Pattern: "POST " + againPath, Do: keyed(s.askAgain)},
		{Pattern: "POST /tra-cuu/dong", Do: s.closeSlip},

		{Pattern: "GET " + web.InvitationPath, Do: s.askReply},
		{Pattern: "POST " + web.InvitationPath, Do: keyed(s.readReply)},
		{Pattern: "GET " + repliedPath, Do: s.replied},

		{Pattern: "GET " + plansPath, Alike: true, Do: s.plans},
		{Pattern: "GET " + plansPath + "/{slug}", Alike: true, Do: s.plan},
		{Pattern: "GET " + plansPath + "/{slug}/ban/{edition}", Alike: true, Do: s.earlierPlan},
		{Pattern: "GET " + dialoguesPath, Alike: true, Do: s.dialogues},
		{Pattern: "GET " + dialoguesPath + "/{slug}", Alike: true, Do: s.dialogue},
		{Pattern: "GET " + dialoguesPath + "/{slug}" + announcedPart, Alike: true, Do: s.announced},
		{Pattern: "GET " + dialoguesPath + "/{slug}" + web.PublicMattersPart, Alike: true, Do: s.matters},
		{Pattern: "GET " + dialoguesPath + "/{slug}" + mattersFile, Do: s.mattersFile},
		{Pattern: "GET " + dialoguesPath + "/{slug}/lich.ics", Do: s.calendar},
		{Pattern: "GET " + dialoguesPath + "/{slug}/anh.png", Do: s.picture},
		{Pattern: "GET " + dialoguesPath + "/{slug}/noi-quy", Alike: true, Do: s.houseRules},
		{Pattern: "GET " + dialoguesPath + "/{slug}" + web.SurveyPath, Do: s.askSurvey},
		{Pattern: "POST " + dialoguesPath + "/{slug}" + web.SurveyPath, Do: keyed(s.takeSurvey)},
		{Pattern: "GET " + dialoguesPath + "/{slug}" + surveyResultPath, Alike: true, Do: s.surveyResult},
		{Pattern: "GET " + dialoguesPath + "/{slug}" + surveyResultPath + ".csv", Do: s.surveyFile},
		{Pattern: "GET " + dialoguesPath + "/{slug}" + web.SurveyPath + "/qr", Alike: true, Do: s.surveySheet},
		{Pattern: "GET " + web.SurveyPath, Do: s.askSurvey},
		{Pattern: "POST " + web.SurveyPath, Do: keyed(s.takeSurvey)},
		{Pattern: "GET " + surveyResultPath + "/{quarter}", Alike: true, Do: s.surveyResult},
		{Pattern: "GET " + surveyResultPath + "/{quarter}/so-lieu.csv", Do: s.surveyFile},
		{Pattern: "GET " + web.AnswersSurveyPath, Do: s.askSurvey},
		{Pattern: "POST " + web.AnswersSurveyPath, Do: keyed(s.takeSurvey)},
		{Pattern: "GET " + web.AnswersSurveyPath + resultPart + "/{quarter}", Alike: true, Do: s.surveyResult},
		{Pattern: "GET " + web.AnswersSurveyPath + resultPart + "/{quarter}/so-lieu.csv", Do: s.surveyFile},
		{Pattern: "GET " + answersPath, Alike: true, Do: s.answers},
		{Pattern: "GET " + answersPath + "/{number}", Alike: true, Do: s.answer},
		{Pattern: "GET " + web.PublicGuidesPath, Alike: true, Do: s.guides},
		{Pattern: "GET " + web.PublicGuidesPath + "/{guide}", Alike: true, Do: s.guide},
		{Pattern: "GET " + web.PublicPromisesPath, Alike: true, Do: s.promises},
		{Pattern: "GET " + web.PublicPromisesPath + "/{promise}", Alike: true, Do: s.promise},
		{Pattern: "GET " + web.PublicPromisesPath + "/tep/{file}", Do: s.publicFile},

		{Pattern: "GET " + recordPath, Do: s.record},
		{Pattern: "POST " + recordPath, Do: keyed(s.checkReceipt)},
		{Pattern: "POST " + checkCodePath, Do: keyed(s.checkCode)},
		{Pattern: "GET " + recordPath + "/checkpoint", Do: s.checkpoint},
		{Pattern: "GET " + recordPath + "/public-key", Do: s.publicKey},
		{Pattern: "GET " + recordPath + "/tile/{path...}", Do: s.tile},

		{Pattern: "GET /du-lieu-ca-nhan", Alike: true, Do: s.privacy},
		{Pattern: "GET /tro-nang", Alike: true, Do: s.accessibility},
	}...)
}

// ownRoutes are the pages of what the holder of a slip does with what is known of them.
func ownRoutes(s *site) (routes []web.Route) {
	for _, k := range ownKinds {
		routes = append(routes,
			web.Route{Pattern: "GET " + k.path, Do: s.openOwn(k)},
			web.Route{Pattern: "POST " + k.path, Do: s.openOwn(k)}, // of a browser that keeps no cookies
			web.Route{Pattern: "POST " + k.path + sendPart, Do: keyed(s.sendOwn(k))},
		)
	}
	return routes
}
