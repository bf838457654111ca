; What the installer does besides: links to callside: open the program, for whom it was installed.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\callside" "" "URL:Callside"
  WriteRegStr SHELL_CONTEXT "Software\Classes\callside" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\callside\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\callside\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  ; An update removes the old version first, and the new one writes the keys again.
  DeleteRegKey SHELL_CONTEXT "Software\Classes\callside"
!macroend
